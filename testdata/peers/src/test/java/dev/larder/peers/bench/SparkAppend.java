package dev.larder.peers.bench;

import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's side of an append: {@code SparkAppend TABLE ROWS}; the target {@code noop} writes
 * nothing, which shows what the making of the rows takes.
 */
public final class SparkAppend {
  private SparkAppend() {}

  public static void main(String[] args) {
    String table = args[0];
    long rows = Long.parseLong(args[1]);
    SparkSession session = SparkSide.session();
    Gauge gauge = new Gauge();
    if (table.equals("noop")) {
      SparkSide.rows(session, rows, 1, 0, 8).write().format("noop").mode("overwrite").save();
    } else {
      SparkSide.rows(session, rows, 1, 0, 8).write().format("delta").save(table);
    }
    gauge.print(
        String.format(Locale.ROOT, "spark append rowsPerSecond=%.0f", rows / gauge.wallSeconds()));
    session.stop();
  }
}
