package dev.larder.peers.bench;

import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's side of a satellite, by {@link AutomateDvSql}: {@code SparkVault TABLE ROWS STEP VERSION}
 * loads the rows of every STEP-th customer; version 0 makes the table.
 */
public final class SparkVault {
  private SparkVault() {}

  public static void main(String[] args) {
    String table = "delta.`" + args[0] + "`";
    long rows = Long.parseLong(args[1]);
    long step = Long.parseLong(args[2]);
    int version = Integer.parseInt(args[3]);
    SparkSession session = SparkSide.session();
    Gauge gauge = new Gauge();
    raw(session, rows, step, version).createOrReplaceTempView("raw_customers");
    session.sql(AutomateDvSql.STAGE).createOrReplaceTempView("stg_customers");
    if (version == 0) {
      session.sql(
          "CREATE TABLE "
              + table
              + " USING delta TBLPROPERTIES (delta.dataSkippingNumIndexedCols = 0) AS "
              + AutomateDvSql.SATELLITE);
    } else {
      // A staging table is read more than once; a stored one would cost at least this.
      session.sql("CACHE TABLE stg_customers");
      session.sql("INSERT INTO " + table + " " + AutomateDvSql.satellite(table));
    }
    gauge.print(
        String.format(
            Locale.ROOT, "spark satellite rowsPerSecond=%.0f", rows / step / gauge.wallSeconds()));
    session.stop();
  }

  /** As many bytes as {@link Customers} has, made by generated code: cheaper than Larder's. */
  private static Dataset<Row> raw(SparkSession session, long rows, long step, int version) {
    int parts = (int) Math.max(2, rows / step / 250_000);
    return session
        .range(0, rows, step, parts)
        .selectExpr(
            "id AS customer_no",
            "concat('customer number ', id % 1000003) AS name",
            "element_at(array('new', 'regular', 'premium', 'closed'),"
                + " cast(pmod(hash(id, "
                + version
                + "), 4) + 1 AS int)) AS status",
            "element_at(array('Wien', 'Graz', 'Linz', 'Salzburg', 'Innsbruck'),"
                + " cast(pmod(hash(id, "
                + version
                + "), 5) + 1 AS int)) AS city",
            "cast((id % 999983 + " + version + ") / 100 AS decimal(12, 2)) AS amount",
            "timestamp_micros("
                + (Customers.START + version * Customers.DAY)
                + ")"
                + " AS load_datetime");
  }
}
