package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoded events per second of CPU time, in rounds until the compiler is done; the last round
 * counts. Not a test: run its main.
 */
public final class DecodeBenchmark {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeBenchmark.class);
  private static final int ROUNDS = 12;
  private static final int EVENTS = 200_000;

  private DecodeBenchmark() {}

  public static void main(String[] args) {
    run("update of an order, schemaless", false, 1);
    run("update of an order, with schema", true, 1);
    run("updates of two tables in turn, schemaless", false, 2);
  }

  private static void run(String name, boolean withSchema, int tables) {
    TableSchema orders =
        new TableSchema(
            new TableId("pos", "orders"),
            RowSchema.of(
                Column.required("id", ColumnType.INT),
                Column.required("country_code", ColumnType.STRING),
                Column.required("unit_code", ColumnType.STRING),
                Column.required("order_no", ColumnType.INT),
                Column.required("status", ColumnType.STRING),
                Column.required("channel", ColumnType.STRING),
                Column.required("total", ColumnType.decimal(10, 2)),
                Column.required("currency", ColumnType.STRING),
                Column.required("ordered_at", ColumnType.DATETIME),
                Column.required("updated_at", ColumnType.TIMESTAMP)),
            List.of("id"));
    DebeziumJson decoder =
        new DebeziumJson(
            new DebeziumFormat(
                List.of(new LogSource("pos", "pos", "pos")),
                SourceCatalog.of(
                    List.of(
                        orders,
                        new TableSchema(
                            new TableId("pos", "orders1"), orders.columns(), orders.key()))),
                DebeziumModes.larder()));
    List<byte[]> events = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < 1_000; i++) {
      String table = i % tables == 0 ? "orders" : "orders1";
      String text = event(i).replace("\"orders\"", "\"" + table + "\"");
      byte[] event = (withSchema ? enclosed(text) : text).getBytes(StandardCharsets.UTF_8);
      bytes += event.length;
      events.add(event);
    }
    LogPlace place = new LogPlace("pos.pos.orders", 0, 0);
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      int changes = 0;
      for (int i = 0; i < EVENTS; i++) {
        if (decoder.decode(place, null, events.get(i % 1_000)) instanceof Decoded.Change) {
          changes++;
        }
      }
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      if (changes != EVENTS) {
        throw new IllegalStateException("only " + changes + " changes");
      }
      best = EVENTS / (cpu / 1e9);
    }
    LOG.warn(
        "{}: {} bytes an event, {} events/s of CPU",
        name,
        bytes / 1_000,
        String.format(Locale.ROOT, "%,.0f", best));
  }

  private static String event(int i) {
    return "{\"before\":"
        + row(i, "placed")
        + ",\"after\":"
        + row(i, "baked")
        + ",\"source\":{\"version\":\"3.5.0.Final\",\"connector\":\"mysql\",\"name\":\"pos\","
        + "\"ts_ms\":1795238994772,\"snapshot\":\"false\",\"db\":\"pos\",\"sequence\":null,"
        + "\"ts_us\":1795238994772105,\"ts_ns\":1795238994772105000,\"table\":\"orders\","
        + "\"server_id\":1,\"gtid\":\"9d832cd5-e56a-11f1-bf46-02fc00000001:50\","
        + "\"file\":\"binlog.000002\",\"pos\":"
        + (60_339 + i)
        + ",\"row\":0,\"thread\":29,\"query\":null},\"transaction\":null,\"op\":\"u\","
        + "\"ts_ms\":1795238994833,\"ts_us\":1795238994833342,\"ts_ns\":1795238994833342159}";
  }

  private static String row(int i, String status) {
    return "{\"id\":"
        + (4_000_000 + i)
        + ",\"country_code\":\"NL\",\"unit_code\":\"00012\",\"order_no\":"
        + (900_000 + i)
        + ",\"status\":\""
        + status
        + "\",\"channel\":\"app\",\"total\":\""
        + (i % 90 + 10)
        + ".50\",\"currency\":\"EUR\",\"ordered_at\":1711852241123000,"
        + "\"updated_at\":\"2026-11-21T05:29:54.771167Z\"}";
  }

  private static String enclosed(String event) {
    String fields =
        "[{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"},"
            + text("country_code")
            + text("unit_code")
            + "{\"type\":\"int64\",\"optional\":false,\"field\":\"order_no\"},"
            + text("status")
            + text("channel")
            + text("total")
            + text("currency")
            + "{\"type\":\"int64\",\"optional\":false,\"name\":\"io.debezium.time.MicroTimestamp\","
            + "\"version\":1,\"field\":\"ordered_at\"},"
            + "{\"type\":\"string\",\"optional\":false,\"name\":\"io.debezium.time.ZonedTimestamp\","
            + "\"version\":1,\"field\":\"updated_at\"}]";
    String row = "{\"type\":\"struct\",\"fields\":" + fields + ",\"optional\":true,\"field\":\"";
    return "{\"schema\":{\"type\":\"struct\",\"fields\":["
        + row
        + "before\"},"
        + row
        + "after\"}]},\"payload\":"
        + event
        + "}";
  }

  private static String text(String name) {
    return "{\"type\":\"string\",\"optional\":false,\"field\":\"" + name + "\"},";
  }
}
