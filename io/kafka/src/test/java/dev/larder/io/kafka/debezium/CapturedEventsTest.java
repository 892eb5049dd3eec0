package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.Values;
import dev.larder.io.kafka.debezium.DebeziumModes.Binaries;
import dev.larder.io.kafka.debezium.DebeziumModes.Decimals;
import dev.larder.io.kafka.debezium.DebeziumModes.Times;
import dev.larder.io.kafka.debezium.DebeziumModes.UnsignedBigints;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

public class CapturedEventsTest {
  private static final String WITH_SCHEMA = "mysql-json-with-schema.jsonl.gz";
  private static final String SCHEMALESS = "mysql-json-schemaless.jsonl.gz";
  private static final String FRIENDLY = "mysql-json-friendly-types.jsonl.gz";
  private static final String MARIADB = "mariadb-json.jsonl.gz";
  private static final DebeziumModes FRIENDLY_MODES =
      new DebeziumModes(Decimals.STRING, Times.ISOSTRING, UnsignedBigints.PRECISE, Binaries.BASE64);

  @Test
  public void decodesEveryEventWithSchemaWithoutACatalogue() {
    Outcome outcome =
        decode(WITH_SCHEMA, "dflt_schema", SourceCatalog.empty(), DebeziumModes.larder());

    assertThat(outcome.failures, is(empty()));
    assertThat(outcome.operations(), is(Map.of("r", 40, "c", 103, "u", 97, "d", 31)));
    assertThat(outcome.ignored.get(Decoded.Ignored.TOMBSTONE), is(31));
    assertThat(outcome.ignored.get(Decoded.Ignored.SCHEMA_CHANGE), is(9));
    assertThat(outcome.records.get(0).table().key(), is(List.of("id")));
  }

  @Test
  public void decodesEverySchemalessEventInTheConnectorsDefaultModes() {
    Outcome outcome =
        decode(SCHEMALESS, "dflt_noschema", Captured.catalog(), DebeziumModes.connectorDefaults());

    assertThat(outcome.failures, is(empty()));
    assertThat(outcome.operations(), is(Map.of("r", 40, "c", 586, "u", 97, "d", 31)));
  }

  @Test
  public void decodesEverySchemalessEventInFriendlyModesAndSkipsTransactions() {
    Outcome outcome = decode(FRIENDLY, "friendly", Captured.catalog(), FRIENDLY_MODES);

    assertThat(outcome.failures, is(empty()));
    assertThat(outcome.operations(), is(Map.of("r", 40, "c", 103, "u", 97, "d", 31)));
    assertThat(outcome.ignored.get(Decoded.Ignored.TRANSACTION), is(418));
  }

  @Test
  public void givesEqualValuesWithAndWithoutSchemas() {
    Map<String, ChangeRecord> expected =
        decode(WITH_SCHEMA, "dflt_schema", Captured.catalog(), DebeziumModes.larder()).byPlace();
    Map<String, ChangeRecord> schemaless =
        decode(SCHEMALESS, "dflt_noschema", Captured.catalog(), DebeziumModes.connectorDefaults())
            .byPlace();

    assertThat(differences(expected, schemaless), is(empty()));
  }

  /** isostring loses a TIME below zero or from 24 hours on at the source: the only difference. */
  @Test
  public void givesEqualValuesInFriendlyModesButForTimesThatIsostringLoses() {
    Map<String, ChangeRecord> expected =
        decode(WITH_SCHEMA, "dflt_schema", Captured.catalog(), DebeziumModes.larder()).byPlace();
    Map<String, ChangeRecord> friendly =
        decode(FRIENDLY, "friendly", Captured.catalog(), FRIENDLY_MODES).byPlace();

    assertThat(differences(expected, friendly), is(Set.of("c_time", "c_time6")));
  }

  @Test
  public void takesTheColumnsFromTheSchemaWhereNoCatalogueKnowsTheTable() {
    Map<String, ChangeRecord> expected =
        decode(WITH_SCHEMA, "dflt_schema", Captured.catalog(), DebeziumModes.larder()).byPlace();
    Map<String, ChangeRecord> derived =
        decode(WITH_SCHEMA, "dflt_schema", SourceCatalog.empty(), DebeziumModes.larder()).byPlace();

    assertThat(differences(expected, derived), is(Set.of("id", "c_ubigint")));
  }

  @Test
  public void turnsExtremeValuesIntoTheirCanonicalForm() {
    ChangeRecord record =
        decode(SCHEMALESS, "dflt_noschema", Captured.catalog(), DebeziumModes.connectorDefaults())
            .records
            .get(0);

    assertThat(value(record, "id"), is(new BigDecimal("1")));
    assertThat(value(record, "c_decimal"), is(new BigDecimal("1.1250")));
    assertThat(value(record, "c_decimal65"), is("1.000000000000000000000000000001"));
    assertThat(value(record, "c_bit1"), is(true));
    assertThat(value(record, "c_bit12"), is(new byte[] {0, 1}));
    assertThat(value(record, "c_bit64"), is(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}));
    assertThat(
        value(record, "c_json"),
        is("{\"a\":[1,2.5,null,\"xé\"],\"k\":1,\"big\":12345678901234567890}"));
    assertThat(value(record, "c_date"), is(19755));
    assertThat(value(record, "c_time6"), is(86_399_123_456L));
    assertThat(value(record, "c_datetime3"), is(1_719_791_999_123_000L));
    assertThat(value(record, "c_datetime6"), is(-1L));
    assertThat(value(record, "c_timestamp6"), is(1_000_000_000_000_001L));
    assertThat(value(record, "c_new"), is((Object) null));
    assertThat(record.sequence(), is(new Sequence(2, 59473, 0)));
    assertThat(record.committedAt(), is(1_795_238_963_000_000L));
    assertThat(record.operation(), is(Operation.READ));
  }

  @Test
  public void decodesMariaDbWithoutFailure() {
    List<String> failures = new ArrayList<>();
    DebeziumJson decoder =
        new DebeziumJson(
            new DebeziumFormat(
                List.of(
                    new LogSource("types", "maria", "types"),
                    new LogSource("shop", "maria", "shop")),
                MariaTables.catalog(),
                DebeziumModes.connectorDefaults()));
    int changes = 0;
    for (Captured.Event event : Captured.events(MARIADB)) {
      Decoded decoded = decoder.decode(event.place(), event.key(), event.value());
      if (decoded instanceof Decoded.Failure failure) {
        failures.add(event.place() + ": " + failure.reason());
      } else if (decoded instanceof Decoded.Change) {
        changes++;
      }
    }

    assertThat(failures, is(empty()));
    assertThat(changes, is(604));
  }

  private static Object value(ChangeRecord record, String column) {
    return record.image()[record.table().columns().position(column)];
  }

  /** Columns in which records of the same place in the log differ. */
  private static Set<String> differences(
      Map<String, ChangeRecord> left, Map<String, ChangeRecord> right) {
    Set<String> columns = new TreeSet<>();
    int compared = 0;
    for (Map.Entry<String, ChangeRecord> entry : left.entrySet()) {
      ChangeRecord other = right.get(entry.getKey());
      if (other == null) {
        columns.add("no record at " + entry.getKey());
        continue;
      }
      compared++;
      ChangeRecord record = entry.getValue();
      for (String column : record.table().columns().names()) {
        for (int image = 0; image < 2; image++) {
          Object[] a = image == 0 ? record.before() : record.after();
          Object[] b = image == 0 ? other.before() : other.after();
          int there = other.table().columns().find(column);
          if (a != null
              && !Values.same(
                  a[record.table().columns().position(column)], there < 0 ? null : b[there])) {
            columns.add(column);
          }
        }
      }
    }
    assertThat(compared, greaterThan(0));
    return columns;
  }

  private static Outcome decode(
      String file, String server, SourceCatalog catalog, DebeziumModes modes) {
    DebeziumJson decoder =
        new DebeziumJson(
            new DebeziumFormat(List.of(new LogSource("types", server, "types")), catalog, modes));
    Outcome outcome = new Outcome();
    for (Captured.Event event : Captured.events(file)) {
      Decoded decoded = decoder.decode(event.place(), event.key(), event.value());
      if (decoded instanceof Decoded.Change change) {
        outcome.records.add(change.record());
      } else if (decoded instanceof Decoded.Ignored ignored) {
        outcome.ignored.merge(ignored, 1, Integer::sum);
      } else if (decoded instanceof Decoded.Failure failure) {
        outcome.failures.add(event.place() + ": " + failure.reason());
      }
    }
    return outcome;
  }

  private static final class Outcome {
    private final List<ChangeRecord> records = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<Decoded.Ignored, Integer> ignored = new EnumMap<>(Decoded.Ignored.class);

    Map<String, Integer> operations() {
      Map<String, Integer> counts = new HashMap<>();
      records.forEach(record -> counts.merge(record.operation().letter(), 1, Integer::sum));
      return counts;
    }

    /** Changes of the table of all types by operation, position and, for reads, their order. */
    Map<String, ChangeRecord> byPlace() {
      Map<String, ChangeRecord> map = new LinkedHashMap<>();
      int reads = 0;
      for (ChangeRecord record : records) {
        if (record.table().id().equals(Captured.ALL_TYPES)) {
          map.put(record.operation() + " " + record.sequence() + " " + reads, record);
          reads += record.operation() == Operation.READ ? 1 : 0;
        }
      }
      return map;
    }
  }
}
