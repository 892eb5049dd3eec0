package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.testdata.avro.ConnectAvro;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.Test;

/** Events in Avro's wire format say the same as in JSON, and broken ones are failures. */
public class AvroEventsTest {
  private static final LogPlace PLACE = new LogPlace("pos.pos.orders", 0, 1);
  private static final TableId ORDERS = new TableId("pos", "orders");
  private static final DebeziumFormat FORMAT =
      new DebeziumFormat(
          List.of(new LogSource("pos", "pos", "pos")),
          SourceCatalog.of(
              List.of(
                  new TableSchema(
                      ORDERS,
                      RowSchema.of(
                          Column.required("id", ColumnType.INT),
                          Column.nullable("note", ColumnType.STRING),
                          Column.nullable("rating", ColumnType.DOUBLE),
                          Column.nullable("photo", ColumnType.BINARY)),
                      List.of("id")))),
          DebeziumModes.larder());
  private static final Schema ROW =
      SchemaBuilder.record("pos.pos.orders.Value")
          .fields()
          .requiredLong("id")
          .optionalString("note")
          .optionalDouble("rating")
          .optionalBytes("photo")
          .endRecord();
  private static final Schema SOURCE =
      SchemaBuilder.record("io.debezium.connector.mysql.Source")
          .fields()
          .requiredString("name")
          .requiredString("db")
          .optionalString("table")
          .requiredString("file")
          .requiredLong("pos")
          .requiredInt("row")
          .optionalLong("ts_us")
          .endRecord();
  private static final Schema ENVELOPE =
      SchemaBuilder.record("pos.pos.orders.Envelope")
          .fields()
          .name("before")
          .type()
          .optional()
          .type(ROW)
          .name("after")
          .type()
          .optional()
          .type(ROW)
          .name("source")
          .type(SOURCE)
          .noDefault()
          .requiredString("op")
          .endRecord();

  private final ConnectAvro registry = new ConnectAvro();
  private final DebeziumEvents decoder = DebeziumEvents.of(FORMAT, registry::schema);

  private byte[] event(Long id, String note, Object rating) throws IOException {
    GenericData.Record row = new GenericData.Record(ROW);
    row.put("id", id);
    row.put("note", note);
    row.put("rating", rating);
    row.put("photo", ByteBuffer.wrap(new byte[] {0, 1, -1}));
    GenericData.Record source = new GenericData.Record(SOURCE);
    source.put("name", "pos");
    source.put("db", "pos");
    source.put("table", "orders");
    source.put("file", "binlog.000003");
    source.put("pos", 42L);
    source.put("row", 0);
    source.put("ts_us", 1_700_000_000_123_456L);
    GenericData.Record envelope = new GenericData.Record(ENVELOPE);
    envelope.put("after", row);
    envelope.put("source", source);
    envelope.put("op", "c");
    return registry.message(ENVELOPE, envelope);
  }

  private String reason(byte[] value) {
    Decoded decoded = decoder.decode(PLACE, null, value);
    assertThat(decoded, instanceOf(Decoded.Failure.class));
    return ((Decoded.Failure) decoded).reason();
  }

  @Test
  public void everyCapturedEventSaysTheSameAsInJson() throws IOException {
    for (SourceCatalog catalog : List.of(Captured.catalog(), SourceCatalog.empty())) {
      DebeziumFormat format =
          new DebeziumFormat(
              List.of(new LogSource("types", "dflt_schema", "types")),
              catalog,
              DebeziumModes.larder());
      DebeziumJson json = new DebeziumJson(format);
      DebeziumEvents avro = DebeziumEvents.of(format, registry::schema);
      Map<String, Integer> compared = new TreeMap<>();
      for (Captured.Event event : Captured.events("mysql-json-with-schema.jsonl.gz")) {
        Decoded expected = json.decode(event.place(), event.key(), event.value());

        Decoded decoded =
            avro.decode(
                event.place(), registry.message(event.key()), registry.message(event.value()));

        assertThat(event.place().toString(), decoded, is(expected));
        compared.merge(
            expected instanceof Decoded.Change change
                ? change.record().operation().letter()
                : expected.toString(),
            1,
            Integer::sum);
      }

      assertThat(
          compared,
          is(Map.of("r", 40, "c", 103, "u", 97, "d", 31, "TOMBSTONE", 31, "SCHEMA_CHANGE", 9)));
    }
  }

  @Test
  public void jsonAndAvroMayFollowEachOtherInOneTopic() throws IOException {
    String json =
        "{\"before\":null,\"after\":{\"id\":7,\"note\":\"größe\",\"rating\":4.5,\"photo\":\"AAH/\"},"
            + "\"source\":{\"name\":\"pos\",\"db\":\"pos\",\"table\":\"orders\",\"ts_us\":"
            + "1700000000123456,\"file\":\"binlog.000003\",\"pos\":42,\"row\":0},\"op\":\"c\"}";

    Decoded first =
        decoder.decode(PLACE, null, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Decoded second = decoder.decode(PLACE, null, event(7L, "größe", 4.5));
    Decoded third =
        decoder.decode(PLACE, null, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    ChangeRecord record = ((Decoded.Change) second).record();
    assertThat(record.after(), is(new Object[] {7L, "größe", 4.5, new byte[] {0, 1, -1}}));
    assertThat(second, is(first));
    assertThat(third, is(first));
  }

  @Test
  public void everyTruncationIsAFailure() throws IOException {
    byte[] whole = event(7L, "größe", 4.5);
    assertThat(decoder.decode(PLACE, null, whole), instanceOf(Decoded.Change.class));

    for (int length = 1; length < whole.length; length++) {
      assertThat(
          decoder.decode(PLACE, null, Arrays.copyOf(whole, length)),
          instanceOf(Decoded.Failure.class));
    }
    assertThat(
        reason(Arrays.copyOf(whole, whole.length + 1)),
        containsString("something follows it (at byte " + whole.length + ")"));
  }

  @Test
  public void changedAndRandomBytesAreNeverAnException() throws IOException {
    byte[] whole = event(7L, "größe", 4.5);
    Random random = new Random(42);
    int failures = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = i % 2 == 0 ? whole.clone() : Arrays.copyOf(whole, 5 + random.nextInt(80));
      if (i % 2 == 0) {
        for (int change = 0; change <= i % 3; change++) {
          bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt(256);
        }
      } else {
        for (int at = 5; at < bytes.length; at++) {
          bytes[at] = (byte) random.nextInt(256);
        }
      }
      if (decoder.decode(PLACE, null, bytes) instanceof Decoded.Failure) {
        failures++;
      }
    }

    assertThat(failures, greaterThan(10_000));
    assertThat(decoder.decode(PLACE, null, whole), instanceOf(Decoded.Change.class));
  }

  @Test
  public void aLengthThatIsNotThereTakesNoMemory() throws IOException {
    byte[] whole = event(7L, "größe", 4.5);
    // behind the header: union branches of before and after, id, union branch of note, its length
    byte[] bytes = Arrays.copyOf(whole, whole.length);
    byte[] twoGigabytes = {-2, -1, -1, -1, 15};
    System.arraycopy(twoGigabytes, 0, bytes, 9, twoGigabytes.length);

    assertThat(reason(bytes), containsString("a length is beyond its end"));
  }

  @Test
  public void textThatIsNoUtf8AndNumbersThatAreNoneAreFailures() throws IOException {
    byte[] bytes = event(7L, "größe", 4.5);
    bytes[10] = (byte) 0xFF;
    assertThat(reason(bytes), containsString("a text is no UTF-8"));
    assertThat(reason(event(7L, "x", Double.NaN)), containsString("a double is not finite"));
    assertThat(
        reason(event(7L, "x", Double.POSITIVE_INFINITY)), containsString("a double is not finite"));
  }

  @Test
  public void tenMegabytesAreAValue() throws IOException {
    String large = "x".repeat(10 << 20);

    Decoded decoded = decoder.decode(PLACE, null, event(7L, large, 4.5));

    assertThat(((Decoded.Change) decoded).record().after()[1], is(large));
  }

  @Test
  public void nestingWithoutEndIsAFailure() throws IOException {
    Schema chain = Schema.createRecord("Chain", null, "x", false);
    chain.setFields(
        List.of(
            new Schema.Field("next", Schema.createUnion(Schema.create(Schema.Type.NULL), chain))));
    GenericData.Record end = new GenericData.Record(chain);
    byte[] header = registry.message(chain, end);
    byte[] deep = new byte[500_000];
    Arrays.fill(deep, (byte) 2);
    System.arraycopy(header, 0, deep, 0, 5);

    assertThat(reason(deep), containsString("it is nested more than 64 deep"));
  }

  @Test
  public void aListLongerThanTheValueIsAFailure() throws IOException {
    Schema nothings = Schema.createArray(Schema.create(Schema.Type.NULL));
    byte[] header = registry.message(nothings, List.of());
    byte[] bytes = Arrays.copyOf(header, 15);
    System.arraycopy(new byte[] {-2, -1, -1, -1, -1, -1, -1, 127, 0}, 0, bytes, 5, 9);

    assertThat(reason(bytes), containsString("a list is longer than the value"));
  }

  @Test
  public void whatTheRegistryDoesNotHaveIsSaid() {
    byte[] unknown = {0, 0, 0, 0, 7, 1, 2};

    assertThat(
        reason(unknown),
        is(
            "The value is Avro with the schema 7, which the schema registry does not have. Give the"
                + " registry that the converter writes to as --schemaRegistry, then `larder"
                + " replay`."));
    assertThat(
        DebeziumEvents.of(FORMAT).decode(PLACE, null, unknown),
        is(
            new Decoded.Broken(
                null,
                "The value is Avro with the schema 7 of a registry, and no registry is given. Give"
                    + " --schemaRegistry=http://HOST:8081, then `larder replay`.")));
    assertThat(
        DebeziumEvents.of(FORMAT, id -> List.of("{\"type\":\"pizza\"}"))
            .decode(PLACE, null, unknown),
        is(
            new Decoded.Broken(
                null,
                "The schema in the event cannot be read: the registry's is no Avro schema. It must"
                    + " be Connect's own.")));
  }

  @Test
  public void aColumnThatTheCatalogueLacksIsSaidAsInJson() throws IOException {
    Schema row =
        SchemaBuilder.record("pos.pos.orders.Value")
            .fields()
            .requiredLong("id")
            .optionalString("colour")
            .endRecord();
    Schema envelope =
        SchemaBuilder.record("pos.pos.orders.Envelope")
            .fields()
            .name("after")
            .type()
            .optional()
            .type(row)
            .name("source")
            .type(SOURCE)
            .noDefault()
            .requiredString("op")
            .endRecord();
    GenericData.Record after = new GenericData.Record(row);
    after.put("id", 7L);
    after.put("colour", "red");
    GenericData.Record source = new GenericData.Record(SOURCE);
    source.put("name", "pos");
    source.put("db", "pos");
    source.put("table", "orders");
    source.put("file", "binlog.000003");
    source.put("pos", 42L);
    source.put("row", 0);
    GenericData.Record event = new GenericData.Record(envelope);
    event.put("after", after);
    event.put("source", source);
    event.put("op", "c");

    assertThat(
        decoder.decode(PLACE, null, registry.message(envelope, event)),
        instanceOf(Decoded.UnknownColumn.class));
  }
}
