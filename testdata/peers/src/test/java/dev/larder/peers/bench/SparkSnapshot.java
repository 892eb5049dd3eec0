package dev.larder.peers.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's side of a snapshot: {@code SparkSnapshot FOLDER URL TABLE ROWS bronze|vault} reads the
 * table by the JDBC source into a bronze table and writes hubs, link and satellite of it, first for
 * the small table, to warm up.
 */
public final class SparkSnapshot {
  private static final int ROWS_A_RANGE = 100_000;
  private static final String TAIL = "current_timestamp() AS load_ts, 'SHOP' AS record_source";
  private static final String ORDER = hash("id");
  private static final String PIZZERIA = hash("pizzeria_id");
  private static final String PRODUCT = hash("product_code");

  private final SparkSession session;
  private final String folder;

  private SparkSnapshot(SparkSession session, String folder) {
    this.session = session;
    this.folder = folder;
  }

  public static void main(String[] args) {
    SparkSnapshot spark = new SparkSnapshot(SparkSide.session(), args[0]);
    boolean withVault = args[4].equals("vault");
    spark.load(args[1], Orders.WARM, Orders.WARM_ROWS, withVault);
    spark.load(args[1], args[2], Long.parseLong(args[3]), withVault);
    spark.session.stop();
  }

  private void load(String url, String table, long rows, boolean withVault) {
    Gauge.forgetPeak();
    Gauge bronze = new Gauge();
    bronze(url, table, rows);
    bronze.print("step=bronze rows=" + rows);
    if (withVault) {
      Gauge vault = new Gauge();
      vault(table);
      vault.print("step=vault rows=" + rows);
    }
  }

  private String path(String table, String name) {
    return folder + "/" + table + "/" + name;
  }

  private static void append(Dataset<Row> rows, String path) {
    rows.write().format("delta").mode("append").save(path);
  }

  private void bronze(String url, String table, long rows) {
    Dataset<Row> read =
        session
            .read()
            .format("jdbc")
            .option("url", url)
            .option("driver", "org.mariadb.jdbc.Driver")
            .option("dbtable", table)
            .option("fetchsize", 1_000)
            .option("partitionColumn", "id")
            .option("lowerBound", 1)
            .option("upperBound", rows + 1)
            .option("numPartitions", Math.max(2, rows / ROWS_A_RANGE))
            .load();
    append(
        read.selectExpr("*", "current_timestamp() AS load_ts", "'SHOP' AS record_source"),
        path(table, "bronze"));
  }

  private void vault(String table) {
    session.read().format("delta").load(path(table, "bronze")).createOrReplaceTempView("b");
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("hub_order", hub("order", ORDER, "id"));
    queries.put("hub_pizzeria", hub("pizzeria", PIZZERIA, "pizzeria_id"));
    queries.put("hub_product", hub("product", PRODUCT, "product_code"));
    queries.put(
        "link_order",
        String.format(
            "SELECT %s AS link_hk, %s AS order_hk, %s AS pizzeria_hk, %s AS product_hk, %s FROM"
                + " (SELECT DISTINCT id, pizzeria_id, product_code FROM b)",
            hash("id", "pizzeria_id", "product_code"), ORDER, PIZZERIA, PRODUCT, TAIL));
    queries.put(
        "sat_order",
        String.format(
            "SELECT %s AS order_hk, %s AS hashdiff, %s, customer_id, product_code, quantity, price,"
                + " status, created_at FROM b",
            ORDER,
            hash(
                "customer_id",
                "product_code",
                "quantity",
                "price",
                "status",
                "unix_micros(created_at)"),
            TAIL));
    queries.forEach((name, query) -> append(session.sql(query), path(table, name)));
  }

  private static String hub(String name, String hash, String key) {
    return String.format(
        "SELECT %s AS %s_hk, %s, %s FROM (SELECT DISTINCT %s FROM b)", hash, name, key, TAIL, key);
  }

  /** SHA-256 in binary of columns joined as dbt packages do. */
  static String hash(String... columns) {
    StringBuilder joined = new StringBuilder("unhex(sha2(concat_ws('||'");
    for (String column : columns) {
      joined.append(", coalesce(cast(").append(column).append(" AS string), '^^')");
    }
    return joined.append("), 256))").toString();
  }
}
