package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.Test;

/** Broken events give failures: never an exception, never a wrong row. */
public class FuzzedEventsTest {
  private static final LogPlace PLACE = new LogPlace("pos.pos.orders", 0, 1);
  private static final TableSchema ORDERS =
      new TableSchema(
          new TableId("pos", "orders"),
          RowSchema.of(
              Column.required("id", ColumnType.INT),
              Column.nullable("note", ColumnType.STRING),
              Column.nullable("total", ColumnType.decimal(10, 2)),
              Column.nullable("ordered_at", ColumnType.DATETIME),
              Column.nullable("updated_at", ColumnType.TIMESTAMP),
              Column.nullable("rating", ColumnType.DOUBLE),
              Column.nullable("photo", ColumnType.BINARY),
              Column.nullable("extra", ColumnType.JSON)),
          List.of("id"));
  private static final String ROW =
      "{\"id\":7,\"note\":\"größe \\\"L\\\"\",\"total\":\"12.50\",\"ordered_at\":1700000000000000,"
          + "\"updated_at\":\"2024-03-31T02:30:00.5Z\",\"rating\":4.5,\"photo\":\"AAEC\","
          + "\"extra\":\"{\\\"a\\\": 1}\"}";
  private static final String SOURCE =
      "{\"version\":\"3.5.0.Final\",\"connector\":\"mysql\",\"name\":\"pos\",\"ts_ms\":1700000000123,"
          + "\"snapshot\":\"false\",\"db\":\"pos\",\"sequence\":null,\"ts_us\":1700000000123456,"
          + "\"table\":\"orders\",\"server_id\":1,\"gtid\":null,\"file\":\"binlog.000003\","
          + "\"pos\":42,\"row\":0,\"thread\":29,\"query\":null}";

  private final DebeziumJson decoder = decoder();

  private static DebeziumJson decoder() {
    return new DebeziumJson(
        new DebeziumFormat(
            List.of(new LogSource("pos", "pos", "pos")),
            SourceCatalog.of(List.of(ORDERS)),
            DebeziumModes.larder()));
  }

  private static String event(String before, String after, String source, String op) {
    return "{\"before\":"
        + before
        + ",\"after\":"
        + after
        + ",\"source\":"
        + source
        + ",\"transaction\":null,\"op\":\""
        + op
        + "\",\"ts_ms\":1700000000200}";
  }

  private Decoded decode(String event) {
    return decoder.decode(PLACE, null, event.getBytes(StandardCharsets.UTF_8));
  }

  private String reason(String event) {
    Decoded decoded = decode(event);
    assertThat(event, decoded, instanceOf(Decoded.Failure.class));
    return ((Decoded.Failure) decoded).reason();
  }

  private String reasonForRow(String row) {
    return reason(event("null", row, SOURCE, "c"));
  }

  @Test
  public void everyTruncationIsAFailure() {
    byte[] whole = event("null", ROW, SOURCE, "c").getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(PLACE, null, whole), instanceOf(Decoded.Change.class));

    for (int length = 1; length < whole.length; length++) {
      assertThat(
          decoder.decode(PLACE, null, Arrays.copyOf(whole, length)),
          instanceOf(Decoded.Failure.class));
    }
  }

  @Test
  public void whatFollowsAnEventIsAFailure() {
    assertThat(
        reason(event("null", ROW, SOURCE, "c") + "{}"),
        is(
            "The value is JSON, but no Debezium event: something follows it. Look at who else"
                + " writes to the topic, and at the connector's transforms: Larder reads the whole"
                + " envelope."));
  }

  /** A byte changed at random gives a failure or a row that differs from the true one by it. */
  @Test
  public void aChangedByteIsNeverAnException() {
    byte[] whole = event(ROW, ROW, SOURCE, "u").getBytes(StandardCharsets.UTF_8);
    Random random = new Random(42);
    int failures = 0;
    for (int i = 0; i < 8_000; i++) {
      byte[] bytes = whole.clone();
      for (int change = 0; change <= i % 3; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (decoder.decode(PLACE, null, bytes) instanceof Decoded.Failure) {
        failures++;
      }
    }
    assertThat(failures, greaterThan(2_000));
  }

  @Test
  public void randomBytesAreNeverAnException() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(60)];
      random.nextBytes(bytes);
      bytes[0] = i % 2 == 0 ? (byte) '{' : bytes[0];
      assertThat(decoder.decode(PLACE, null, bytes), instanceOf(Decoded.Failure.class));
    }
  }

  @Test
  public void aBrokenEventLeavesNothingBehindForTheNext() {
    Decoded expected = decode(event("null", ROW, SOURCE, "c"));

    decode(event("null", ROW.substring(0, 90), SOURCE, "c"));
    Decoded again = decode(event("null", ROW, SOURCE, "c"));

    assertThat(again, is(expected));
    ChangeRecord record = ((Decoded.Change) again).record();
    assertThat(record.after()[7], is("{\"a\":1}"));
  }

  @Test
  public void aValueThatDoesNotFitItsColumnIsAFailureThatNamesIt() {
    assertThat(
        reasonForRow("{\"id\":\"7\"}"),
        is(
            "The event of pos.orders has in column \"id\" text where the catalogue and the"
                + " connector's modes expect an integer of 64 bits. Compare the connector's"
                + " settings and read the catalogue again."));
    for (String row :
        List.of(
            "{\"id\":7.5}",
            "{\"id\":true}",
            "{\"id\":{}}",
            "{\"id\":[7]}",
            "{\"id\":99999999999999999999}",
            "{\"note\":7}",
            "{\"note\":\"\\ud800\"}",
            "{\"note\":\"\\udc00\\ud800\"}",
            "{\"total\":12.5}",
            "{\"total\":\"12.505\"}",
            "{\"total\":\"123456789.00\"}",
            "{\"total\":\"1e999999999\"}",
            "{\"total\":\"twelve\"}",
            "{\"total\":\"\"}",
            "{\"ordered_at\":\"2024-03-31T02:30:00Z\"}",
            "{\"updated_at\":1700000000000}",
            "{\"updated_at\":\"2024-02-30T02:30:00Z\"}",
            "{\"updated_at\":\"2024-02-28T24:30:00Z\"}",
            "{\"updated_at\":\"2024-02-28T02:30:00.Z\"}",
            "{\"updated_at\":\"2024-02-28T02:30:00X\"}",
            "{\"updated_at\":\"2024-02-28\"}",
            "{\"rating\":\"4.5\"}",
            "{\"rating\":1e999}",
            "{\"photo\":\"A\"}",
            "{\"photo\":\"$$$$\"}",
            "{\"photo\":{\"x\":1}}",
            "{\"extra\":{\"a\":1}}")) {
      assertThat(row, reasonForRow(row), startsWith("The event of pos.orders has in column \""));
    }
  }

  @Test
  public void aColumnThatIsMissingIsNullAndOneThatIsUnknownIsSaid() {
    ChangeRecord record =
        ((Decoded.Change) decode(event("null", "{\"note\":\"x\",\"id\":7}", SOURCE, "c"))).record();
    assertThat(record.after(), is(new Object[] {7L, "x", null, null, null, null, null, null}));

    Decoded decoded = decode(event("null", "{\"id\":7,\"colour\":1}", SOURCE, "c"));
    assertThat(
        decoded,
        is(
            new Decoded.UnknownColumn(
                "pos.orders",
                "colour",
                "The event of pos.orders has a column \"colour\" that the catalogue does not have."
                    + " Read the catalogue again; if the column was dropped or renamed since, it"
                    + " must be given by hand.")));
  }

  @Test
  public void aColumnThatStandsTwiceIsAFailure() {
    assertThat(
        reasonForRow("{\"id\":7,\"id\":8}"),
        is("The event of pos.orders has the column \"id\" twice in one row."));
    assertThat(
        reason("{\"after\":" + ROW + "," + event("null", ROW, SOURCE, "c").substring(1)),
        is(
            "The value is JSON, but no Debezium event: it has the field \"after\" twice. Look at"
                + " who else writes to the topic, and at the connector's transforms: Larder reads"
                + " the whole envelope."));
  }

  @Test
  public void missingFieldsAreFailuresThatNameThem() {
    assertThat(
        reason(event("null", "null", SOURCE, "c")),
        is(
            "The event \"c\" of pos.orders has no row \"after\". Set binlog_row_image=FULL in MySQL"
                + " and let no transform drop it."));
    assertThat(
        reason(event("null", ROW, SOURCE, "u")),
        is(
            "The event \"u\" of pos.orders has no row \"before\". Set binlog_row_image=FULL in"
                + " MySQL and let no transform drop it."));
    assertThat(
        reason(event("null", ROW, SOURCE, "x")),
        is("The event of pos.orders has an unknown operation. Known are c, u, d, r and t."));
    assertThat(
        reason(event("null", ROW, SOURCE.replace("\"pos\":42,", ""), "c")),
        is(
            "The event of pos.orders has no usable source.pos, so its place in the order of changes"
                + " is not known. Let the connector write the whole source block."));
    assertThat(
        reason(event("null", ROW, SOURCE.replace("binlog.000003", "binlog"), "c")),
        is(
            "The event of pos.orders has no usable source.file, so its place in the order of"
                + " changes is not known. Let the connector write the whole source block."));
    assertThat(
        reason(event("null", ROW, "{}", "c")),
        is(
            "The value is JSON, but no Debezium event: it has no source.table. Look at who else"
                + " writes to the topic, and at the connector's transforms: Larder reads the whole"
                + " envelope."));
    assertThat(
        reason(event("null", ROW, SOURCE.replace("\"db\":\"pos\"", "\"db\":\"crm\""), "c")),
        is(
            "The event comes from server \"pos\", database \"crm\", which belongs to no source."
                + " Known are [pos/pos]. Name it in the model, or leave its topic out."));
    assertThat(
        reason(event("null", ROW, SOURCE.replace("\"orders\"", "\"menu\""), "c")),
        is(
            "The catalogue has no table pos.menu and the event has no schema. Read the catalogue"
                + " again; if the table was dropped since, its columns must be given by hand."));
  }

  @Test
  public void largeValuesDecodeAndLargeRubbishFails() {
    String large = "x".repeat(10 << 20);

    Decoded decoded = decode(event("null", "{\"id\":7,\"note\":\"" + large + "\"}", SOURCE, "c"));
    assertThat(((Decoded.Change) decoded).record().after()[1], is(large));
    assertThat(decode(large), instanceOf(Decoded.Failure.class));
    assertThat(decode("{\"note\":\"" + large), instanceOf(Decoded.Failure.class));
  }

  @Test
  public void deepNestingIsAFailure() {
    String deep = "[".repeat(500_000);

    assertThat(decode(deep), instanceOf(Decoded.Failure.class));
    assertThat(decode("{\"after\":" + deep), instanceOf(Decoded.Failure.class));
    assertThat(
        decode(event("null", "{\"id\":7,\"extra\":" + deep, SOURCE, "c")),
        instanceOf(Decoded.Failure.class));
    assertThat(
        decode("{\"schema\":" + deep + ",\"payload\":{}}"), instanceOf(Decoded.Failure.class));
  }

  @Test
  public void invalidUtf8IsAFailure() {
    byte[] bytes = event("null", ROW, SOURCE, "c").getBytes(StandardCharsets.UTF_8);
    int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("note\":\"") + 7;
    for (int wrong : new int[] {0xFF, 0xC0, 0x80, 0xFE, 0xF8}) {
      byte[] broken = bytes.clone();
      broken[place] = (byte) wrong;
      assertThat(decoder.decode(PLACE, null, broken), instanceOf(Decoded.Failure.class));
    }
    byte[] surrogate = bytes.clone();
    surrogate[place] = (byte) 0xED;
    surrogate[place + 1] = (byte) 0xA0;
    surrogate[place + 2] = (byte) 0x80;
    assertThat(decoder.decode(PLACE, null, surrogate), instanceOf(Decoded.Failure.class));
  }

  @Test
  public void otherDocumentsAreNoEvents() {
    for (String other : List.of("null", "{\"schema\":null,\"payload\":null}")) {
      assertThat(decode(other), is((Decoded) Decoded.Ignored.TOMBSTONE));
    }
    for (String other : List.of("1", "\"x\"", "[]", "{}", "true", " ", "{\"payload\":7}")) {
      assertThat(other, decode(other), instanceOf(Decoded.Failure.class));
    }
    assertThat(decode("{\"ts_ms\":1}"), is((Decoded) Decoded.Ignored.HEARTBEAT));
  }
}
