package dev.larder.peers.bench;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's side of a point-in-time table, by {@link AutomateDvSql}: {@code SparkPit LAKE TABLE KEYS
 * DAYS} reads the tables that {@link LarderPit} has made.
 */
public final class SparkPit {
  private SparkPit() {}

  public static void main(String[] args) {
    long keys = Long.parseLong(args[2]);
    int days = Integer.parseInt(args[3]);
    SparkSession session = SparkSide.session();
    Gauge gauge = new Gauge();
    session
        .range(1, days + 1)
        .selectExpr(
            "timestamp_micros("
                + Customers.START
                + " + id * "
                + Customers.DAY
                + ")"
                + " AS as_of_date")
        .createOrReplaceTempView("as_of_date");
    List<String> satellites =
        LarderPit.SATELLITES.stream()
            .map(table -> "delta.`" + args[0] + "/" + table + "`")
            .toList();
    session.sql(
        "CREATE TABLE delta.`"
            + args[1]
            + "` USING delta TBLPROPERTIES (delta.dataSkippingNumIndexedCols = 0) AS "
            + AutomateDvSql.pit(
                "delta.`" + args[0] + "/" + LarderPit.HUB + "`", "as_of_date", satellites));
    gauge.print(
        String.format(
            Locale.ROOT, "spark pit rowsPerSecond=%.0f", keys * days / gauge.wallSeconds()));
    session.stop();
  }
}
