package dev.larder.transforms.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;

public class BuildPitTest {
  private static final RowSchema HUB =
      RowSchema.of(
          Column.required("customer_hk", ColumnType.BINARY),
          Column.nullable("number", ColumnType.STRING));
  private static final RowSchema SATELLITE =
      RowSchema.of(
          Column.nullable("customer_hk", ColumnType.BINARY),
          Column.required("hashdiff", ColumnType.BINARY),
          Column.nullable("loaded_on", ColumnType.DATE));
  private static final String ZERO = "00000000";

  private static final PitSpec SPEC =
      new PitSpec(
          "vault/pit_customer",
          new PitSpec.Parent("vault/hub_customer", "customer_hk", "customer_hk"),
          "as_of",
          List.of(
              new PitSpec.Satellite(
                  "vault/sat_name",
                  new PitSpec.Version("customer_hk", "loaded_on"),
                  new PitSpec.Version("name_hk", "name_loaded_at")),
              new PitSpec.Satellite(
                  "vault/sat_login",
                  new PitSpec.Version("customer_hk", "loaded_on"),
                  new PitSpec.Version("login_hk", "login_loaded_at"))),
          new PitSpec.Absent(ZERO, micros("1900-01-01"), ""),
          new PitSpec.Types(ColumnType.BINARY, ColumnType.TIMESTAMP));

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static long micros(String day) {
    return Values.micros(Instant.parse(day + "T00:00:00Z"));
  }

  private static byte[] key(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static TableRow hub(String key) {
    return row("vault/hub_customer", HUB, key(key), "C-" + key);
  }

  private static TableRow version(String table, String key, String day) {
    Integer date = day == null ? null : (int) (micros(day) / Times.MICROS_PER_DAY);
    return row(table, SATELLITE, key == null ? null : key(key), new byte[] {1}, date);
  }

  private static TableRow row(String table, RowSchema schema, Object... values) {
    return TableRow.put(table, schema, values, Sequence.BEGINNING);
  }

  private static TableRow pit(
      String key, String asOf, String nameKey, String name, String loginKey, String login) {
    return row(
        "vault/pit_customer",
        SPEC.schema(),
        key(key),
        micros(asOf),
        key(nameKey),
        micros(name),
        key(loginKey),
        micros(login));
  }

  private PCollection<TableRow> pit(BuildPit build, List<TableRow> rows) {
    return pipeline
        .apply(Create.of(rows).withCoder(TableRowCoder.of()))
        .apply("Group", new GroupTableRows())
        .apply("Build", build)
        .apply("Rows", new EachTableRow());
  }

  private static List<Instant> days(String... days) {
    List<Instant> instants = new ArrayList<>();
    for (String day : days) {
      instants.add(Instant.parse(day + "T00:00:00Z"));
    }
    return instants;
  }

  @Test
  public void pointsToTheVersionThatHoldsAtEachInstant() {
    List<TableRow> rows =
        List.of(
            hub("0a0a0a0a"),
            hub("f0f0f0f0"),
            hub("f0f0f0f0"),
            version("vault/sat_name", "0a0a0a0a", "2024-01-01"),
            version("vault/sat_name", "0a0a0a0a", "2024-01-03"),
            version("vault/sat_name", "0a0a0a0a", "2024-01-03"),
            version("vault/sat_name", "77777777", "2024-01-01"),
            version("vault/sat_name", null, "2024-01-01"),
            version("vault/sat_login", "f0f0f0f0", "2024-01-02"),
            version("vault/sat_login", "f0f0f0f0", null),
            version("vault/sat_login", "f0f0f0f0", "2024-01-09"));

    PAssert.that(pit(BuildPit.of(SPEC, days("2024-01-03", "2024-01-01")).withRanges(3), rows))
        .containsInAnyOrder(
            pit("0a0a0a0a", "2024-01-01", "0a0a0a0a", "2024-01-01", ZERO, "1900-01-01"),
            pit("0a0a0a0a", "2024-01-03", "0a0a0a0a", "2024-01-03", ZERO, "1900-01-01"),
            pit("f0f0f0f0", "2024-01-01", ZERO, "1900-01-01", ZERO, "1900-01-01"),
            pit("f0f0f0f0", "2024-01-03", ZERO, "1900-01-01", "f0f0f0f0", "2024-01-02"));
    pipeline.run();
  }

  @Test
  public void givesOldInstantsOnlyTheKeysThatTheyLack() {
    List<TableRow> rows =
        List.of(
            hub("0a0a0a0a"),
            hub("f0f0f0f0"),
            pit("0a0a0a0a", "2024-01-01", ZERO, "1900-01-01", ZERO, "1900-01-01"));

    PAssert.that(pit(BuildPit.of(SPEC, days("2024-01-02")).withNewKeysAt(days("2024-01-01")), rows))
        .containsInAnyOrder(
            pit("f0f0f0f0", "2024-01-01", ZERO, "1900-01-01", ZERO, "1900-01-01"),
            pit("0a0a0a0a", "2024-01-02", ZERO, "1900-01-01", ZERO, "1900-01-01"),
            pit("f0f0f0f0", "2024-01-02", ZERO, "1900-01-01", ZERO, "1900-01-01"));
    pipeline.run();
  }

  @Test
  public void refusesTablesThatItIsNotMadeOf() {
    PitSources sources = new PitSources(SPEC);

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> sources.source("vault/sat_other"));

    assertThat(
        refusal.getMessage(),
        is(
            "vault/pit_customer is not made of vault/sat_other, but of"
                + " [vault/hub_customer, vault/sat_name, vault/sat_login]"));
  }
}
