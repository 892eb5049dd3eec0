package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Types out of the schema in the event. */
public class ConnectFieldTest {
  private static final String TYPE = "__debezium.source.column.type";
  private static final String LENGTH = "__debezium.source.column.length";
  private static final String SCALE = "__debezium.source.column.scale";

  private static String type(String type, String logical, Map<String, String> parameters) {
    return new ConnectField("c", type, logical, true, parameters).column().type().toString();
  }

  @Test
  public void logicalTypesTellTheColumnType() {
    String decimal = "org.apache.kafka.connect.data.Decimal";
    assertThat(
        type("bytes", decimal, Map.of("scale", "2", "connect.decimal.precision", "10")),
        is("decimal(10,2)"));
    assertThat(
        type("bytes", decimal, Map.of("scale", "30", "connect.decimal.precision", "65")),
        is("string"));
    assertThat(type("bytes", decimal, Map.of("scale", "0")), is("decimal(20,0)"));
    assertThat(type("int32", "io.debezium.time.Date", Map.of()), is("date"));
    assertThat(type("int64", "io.debezium.time.NanoTime", Map.of()), is("time"));
    assertThat(type("string", "io.debezium.time.IsoTimestamp", Map.of()), is("datetime"));
    assertThat(type("string", "io.debezium.time.ZonedTimestamp", Map.of()), is("timestamp"));
    assertThat(type("int64", "org.apache.kafka.connect.data.Timestamp", Map.of()), is("datetime"));
    assertThat(type("int32", "io.debezium.time.Year", Map.of()), is("int"));
    assertThat(type("bytes", "io.debezium.data.Bits", Map.of("length", "12")), is("binary"));
    assertThat(type("string", "io.debezium.data.EnumSet", Map.of()), is("string"));
    assertThat(type("struct", "io.debezium.data.geometry.Point", Map.of()), is("binary"));
  }

  @Test
  public void aPropagatedTypeTellsWhatTheConnectorsModesHide() {
    assertThat(
        type("string", "", Map.of(TYPE, "DECIMAL", LENGTH, "10", SCALE, "2")), is("decimal(10,2)"));
    assertThat(
        type("double", "", Map.of(TYPE, "DECIMAL UNSIGNED", LENGTH, "10", SCALE, "2")),
        is("decimal(10,2)"));
    assertThat(
        type("string", "", Map.of(TYPE, "DECIMAL", LENGTH, "65", SCALE, "30")), is("string"));
    assertThat(type("int64", "", Map.of(TYPE, "BIGINT UNSIGNED")), is("decimal(20,0)"));
    assertThat(type("string", "", Map.of(TYPE, "VARBINARY", LENGTH, "32")), is("binary"));
    assertThat(type("double", "", Map.of(TYPE, "FLOAT")), is("float"));
    assertThat(type("int64", "", Map.of()), is("int"));
  }

  @Test
  public void valuesFollowThePropagatedTypes() {
    String schema =
        "{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"field\":\"after\",\"fields\":["
            + field("id", "int64", "BIGINT UNSIGNED", "")
            + ","
            + field(
                "price", "string", "DECIMAL", ",\"" + LENGTH + "\":\"10\",\"" + SCALE + "\":\"2\"")
            + ","
            + field("hash", "string", "VARBINARY", "")
            + "]}]}";
    String event =
        "{\"schema\":"
            + schema
            + ",\"payload\":{\"after\":{\"id\":-1,\"price\":\"7.5\",\"hash\":\"AAE=\"},\"op\":\"c\","
            + "\"source\":{\"name\":\"s\",\"db\":\"d\",\"table\":\"t\",\"file\":\"b.1\",\"pos\":4,"
            + "\"row\":0,\"ts_us\":1}}}";
    DebeziumJson decoder =
        new DebeziumJson(
            new DebeziumFormat(
                List.of(new LogSource("x", "s", "d")),
                SourceCatalog.empty(),
                DebeziumModes.larder()));

    ChangeRecord record =
        ((Decoded.Change)
                decoder.decode(
                    new LogPlace("t", 0, 0),
                    "{\"id\":-1}".getBytes(StandardCharsets.UTF_8),
                    event.getBytes(StandardCharsets.UTF_8)))
            .record();

    assertThat(
        record.after(),
        is(
            new Object[] {
              new BigDecimal("18446744073709551615"), new BigDecimal("7.50"), new byte[] {0, 1}
            }));
    assertThat(record.table().columns().column(1).type(), is(ColumnType.decimal(10, 2)));
    assertThat(record.table().key(), is(List.of("id")));
  }

  private static String field(String name, String type, String source, String more) {
    return "{\"type\":\""
        + type
        + "\",\"optional\":true,\"field\":\""
        + name
        + "\",\"parameters\":{\""
        + TYPE
        + "\":\""
        + source
        + "\""
        + more
        + "}}";
  }
}
