package dev.larder.peers.bench;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * delta-spark's side of a merge into versions with stored ends: {@code SparkMerge TABLE load ROWS
 * DELETION_VECTORS} makes the table, {@code SparkMerge TABLE merge ROWS CHANGES BATCH BATCHES}
 * merges batches of changed rows: one MERGE closes the current versions and adds the next ones, the
 * way Delta's documentation has it (rows that change stand twice in the source, once without key).
 */
public final class SparkMerge {
  private SparkMerge() {}

  public static void main(String[] args) {
    String table = args[0];
    long rows = Long.parseLong(args[2]);
    SparkSession session = SparkSide.session();
    if (args[1].equals("load")) {
      load(session, table, rows, args[3]);
    } else {
      int first = Integer.parseInt(args[4]);
      for (int batch = first; batch < first + Integer.parseInt(args[5]); batch++) {
        merge(session, table, rows, Long.parseLong(args[3]), batch);
      }
    }
    session.stop();
  }

  private static void load(SparkSession session, String table, long rows, String vectors) {
    SparkSide.rows(session, rows, 1, 0, (int) Math.max(2, rows / 250_000))
        .selectExpr(
            "hk",
            "hashdiff",
            "name",
            "status",
            "amount",
            "valid_from",
            "TIMESTAMP '9999-12-31 23:59:59Z' AS valid_to",
            "true AS is_current")
        .write()
        .format("delta")
        .option("delta.enableDeletionVectors", vectors)
        .option("delta.dataSkippingNumIndexedCols", "0")
        .save(table);
  }

  private static void merge(
      SparkSession session, String table, long rows, long changes, int batch) {
    Gauge gauge = new Gauge();
    Dataset<Row> incoming = SparkSide.rows(session, rows, rows / changes, batch, 2);
    incoming.persist().createOrReplaceTempView("incoming");
    String target = "delta.`" + table + "`";
    session.sql(
        "MERGE INTO "
            + target
            + " t USING ("
            + "SELECT hk AS merge_key, i.* FROM incoming i UNION ALL"
            + " SELECT NULL AS merge_key, i.* FROM incoming i JOIN "
            + target
            + " c ON i.hk = c.hk AND c.is_current WHERE i.hashdiff <> c.hashdiff) s"
            + " ON t.hk = s.merge_key AND t.is_current"
            + " WHEN MATCHED AND t.hashdiff <> s.hashdiff THEN UPDATE SET"
            + " valid_to = s.valid_from, is_current = false"
            + " WHEN NOT MATCHED THEN INSERT (hk, hashdiff, name, status, amount, valid_from,"
            + " valid_to, is_current) VALUES (s.hk, s.hashdiff, s.name, s.status, s.amount,"
            + " s.valid_from, TIMESTAMP '9999-12-31 23:59:59Z', true)");
    incoming.unpersist(true);
    gauge.print("spark merge batch=" + batch);
  }
}
