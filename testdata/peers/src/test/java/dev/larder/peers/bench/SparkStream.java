package dev.larder.peers.bench;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.storage.StorageLevel;

/**
 * Spark's side of a stream: {@code SparkStream FOLDER KAFKA TOPIC EVENTS BATCH bronze|core|vault}
 * takes all events of the topic by Structured Streaming, first those of the warm-up's topic, into
 * bronze; into the core of a vault besides: one hub (MERGE), a satellite that is only added to and
 * one table with stored ends (MERGE); into a vault the other hubs, the link (MERGE) and the status
 * of hub and link, too, as Larder's side. Every write carries the batch's transaction.
 */
public final class SparkStream {
  private static final String IMAGE =
      "struct<id:bigint,pizzeria_id:int,customer_id:bigint,product_code:string,quantity:smallint,"
          + "price:decimal(10,2),status:string,created_at:bigint>";
  private static final String ENVELOPE =
      String.format(
          "before %s, after %s, source struct<ts_ms:bigint,db:string,`table`:string,file:string,"
              + "pos:bigint,`row`:int>, op string, ts_ms bigint",
          IMAGE, IMAGE);
  private static final String PAYLOAD =
      "customer_id, product_code, quantity, price, status, created_at";
  private static final String PAYLOAD_TYPES =
      "customer_id BIGINT, product_code STRING, quantity SMALLINT, price DECIMAL(10,2), status"
          + " STRING, created_at BIGINT";
  private static final String BRONZE = "op, ts_ms, source, before, after, partition, offset";
  private static final String DIFF =
      SparkSnapshot.hash(
          "deleted",
          "r.customer_id",
          "r.product_code",
          "r.quantity",
          "r.price",
          "r.status",
          "r.created_at");
  private static final String[] OTHER_KEYS = {
    "*",
    SparkSnapshot.hash("r.pizzeria_id") + " pizzeria_hk",
    SparkSnapshot.hash("r.product_code") + " product_hk",
    SparkSnapshot.hash("r.id", "r.pizzeria_id", "r.product_code") + " sale_hk"
  };
  private static final String STAMPS = "load_ts TIMESTAMP, record_source STRING";
  private static final List<String> STATUS_OF = List.of("order_hk", "sale_hk");
  private static final String APP = "bench";

  private final SparkSession session;
  private final String kafka;
  private final String batch;
  private final boolean withVault;
  private final boolean withAll;
  private String folder;

  private SparkStream(SparkSession session, String kafka, String batch, String to) {
    this.session = session;
    this.kafka = kafka;
    this.batch = batch;
    this.withVault = !to.equals("bronze");
    this.withAll = to.equals("vault");
  }

  public static void main(String[] args) throws Exception {
    SparkSession session = SparkSide.session();
    session.conf().set("spark.sql.streaming.metricsEnabled", "false");
    session.conf().set("spark.sql.inMemoryColumnarStorage.compressed", "false");
    session.conf().set("spark.databricks.delta.merge.materializeSource", "none");
    session
        .conf()
        .set("spark.databricks.delta.properties.defaults.dataSkippingNumIndexedCols", "4");
    SparkStream stream = new SparkStream(session, args[1], args[4], args[5]);
    stream.run(args[0] + "/warm", StreamFigures.topic(StreamFigures.WARM));
    Gauge.forgetPeak();
    Gauge gauge = stream.run(args[0] + "/lake", args[2]);
    gauge.print("step=stream events=" + args[3]);
    session.stop();
  }

  private Gauge run(String target, String topic) throws TimeoutException, StreamingQueryException {
    folder = target;
    if (withVault) {
      createTables();
    }
    Gauge gauge = new Gauge();
    DataStreamWriter<Row> writer =
        events(topic)
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .option("checkpointLocation", target + "/checkpoint");
    (withVault
            ? writer.foreachBatch((VoidFunction2<Dataset<Row>, Long>) this::load).start()
            : writer.format("delta").start(target + "/bronze"))
        .awaitTermination();
    return gauge;
  }

  private Dataset<Row> events(String topic) {
    return session
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", kafka)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .option("minPartitions", "6")
        .option("maxOffsetsPerTrigger", batch)
        .option("kafka.max.partition.fetch.bytes", "8388608")
        .option("kafka.fetch.max.bytes", "33554432")
        .option("kafka.max.poll.records", "5000")
        .load()
        .selectExpr("from_json(cast(value AS string), '" + ENVELOPE + "') e", "partition", "offset")
        .selectExpr("e.op", "e.ts_ms", "e.source", "e.before", "e.after", "partition", "offset");
  }

  private String table(String name) {
    return "delta.`" + folder + "/" + name + "`";
  }

  private void create(String name, String columnsAndFormat) {
    session.sql("CREATE TABLE " + table(name) + " (" + columnsAndFormat);
  }

  private void createTables() {
    String plain = ") USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'false')";
    create("hub", "order_hk BINARY, order_id BIGINT, " + STAMPS + plain);
    if (withAll) {
      create("hub_pizzeria", "pizzeria_hk BINARY, pizzeria_id INT, " + STAMPS + plain);
      create("hub_product", "product_hk BINARY, product_code STRING, " + STAMPS + plain);
      create(
          "link",
          "sale_hk BINARY, order_hk BINARY, pizzeria_hk BINARY, product_hk BINARY, "
              + STAMPS
              + plain);
      for (String key : STATUS_OF) {
        create(
            "status_" + key,
            key + " BINARY, status STRING, seq BIGINT, batch_id BIGINT, " + STAMPS + plain);
      }
    }
    session.sql(
        "CREATE TABLE "
            + table("sat")
            + " (order_hk BINARY, hashdiff BINARY, seq BIGINT, load_ts TIMESTAMP, src_ts TIMESTAMP,"
            + " batch_id BIGINT, deleted BOOLEAN, record_source STRING, "
            + PAYLOAD_TYPES
            + plain);
    session.sql(
        "CREATE TABLE "
            + table("scd2")
            + " (order_hk BINARY, order_id BIGINT, hashdiff BINARY, valid_from TIMESTAMP, valid_to"
            + " TIMESTAMP, is_current BOOLEAN, deleted BOOLEAN, "
            + PAYLOAD_TYPES
            + ") USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
  }

  private void load(Dataset<Row> batchRows, Long number) {
    SparkSession own = batchRows.sparkSession();
    Dataset<Row> events =
        batchRows
            .selectExpr("*", "coalesce(after, before) r", "op = 'd' deleted")
            .selectExpr(
                "*",
                "cast(substring(source.file, 8) AS bigint) * 1099511627776 + source.pos seq",
                SparkSnapshot.hash("r.id") + " order_hk",
                DIFF + " hashdiff")
            .selectExpr(withAll ? OTHER_KEYS : new String[] {"*"})
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> changed = null;
    try {
      append(events.selectExpr(BRONZE.split(", ")), "bronze", number);
      events.createOrReplaceTempView("ev");
      inTransaction(own, number, merge("hub", "order_hk", "min(r.id) order_id"));
      if (withAll) {
        loadOthers(own, number);
      }
      changed = own.sql(changes(number)).persist(StorageLevel.MEMORY_AND_DISK());
      append(
          changed.selectExpr(
              "order_hk",
              "hashdiff",
              "seq",
              "current_timestamp() load_ts",
              "src_ts",
              number + "L batch_id",
              "deleted",
              "'SHOP' record_source",
              "r.customer_id",
              "r.product_code",
              "r.quantity",
              "r.price",
              "r.status",
              "r.created_at"),
          "sat",
          number);
      changed.createOrReplaceTempView("chg");
      inTransaction(own, number, mergeVersions());
    } finally {
      if (changed != null) {
        changed.unpersist();
      }
      events.unpersist();
    }
  }

  private void append(Dataset<Row> rows, String name, long number) {
    rows.write()
        .format("delta")
        .mode("append")
        .option("txnAppId", APP)
        .option("txnVersion", number)
        .save(folder + "/" + name);
  }

  private static void inTransaction(SparkSession own, long number, String merge) {
    own.conf().set("spark.databricks.delta.write.txnAppId", APP);
    own.conf().set("spark.databricks.delta.write.txnVersion", Long.toString(number));
    own.sql(merge);
    own.conf().unset("spark.databricks.delta.write.txnAppId");
    own.conf().unset("spark.databricks.delta.write.txnVersion");
  }

  /** What the core does not have. */
  private void loadOthers(SparkSession own, long number) {
    inTransaction(
        own, number, merge("hub_pizzeria", "pizzeria_hk", "min(r.pizzeria_id) pizzeria_id"));
    inTransaction(
        own, number, merge("hub_product", "product_hk", "min(r.product_code) product_code"));
    inTransaction(
        own,
        number,
        merge(
            "link",
            "sale_hk",
            "any_value(order_hk) order_hk, any_value(pizzeria_hk) pizzeria_hk,"
                + " any_value(product_hk) product_hk"));
    for (String key : STATUS_OF) {
      append(own.sql(statusChanges(key, number)), "status_" + key, number);
    }
  }

  private String merge(String name, String key, String others) {
    return "MERGE INTO "
        + table(name)
        + " t USING (SELECT "
        + key
        + ", "
        + others
        + ", current_timestamp() load_ts, 'SHOP' record_source FROM ev GROUP BY "
        + key
        + ") n ON t."
        + key
        + " = n."
        + key
        + " WHEN NOT MATCHED THEN INSERT *";
  }

  /** I where a key comes, D where it goes: against the event before or the latest stored. */
  private String statusChanges(String key, long number) {
    return ("WITH latest AS (SELECT s.KEY, max_by(s.status, s.seq) st FROM TABLE s LEFT SEMI JOIN"
            + " ev ON s.KEY = ev.KEY WHERE s.batch_id < NUMBER GROUP BY s.KEY), now AS (SELECT"
            + " KEY, seq, if(deleted, 'D', 'I') status FROM ev), ordered AS (SELECT *,"
            + " lag(status) OVER (PARTITION BY KEY ORDER BY seq) before_st FROM now) SELECT"
            + " o.KEY, o.status, o.seq, NUMBERL batch_id, current_timestamp() load_ts, 'SHOP'"
            + " record_source FROM ordered o LEFT JOIN latest ON o.KEY = latest.KEY WHERE NOT"
            + " (o.status <=> coalesce(o.before_st, latest.st))")
        .replace("KEY", key)
        .replace("TABLE", table("status_" + key))
        .replace("NUMBER", Long.toString(number));
  }

  /** Events that change their order: against the one before in the batch or the latest stored. */
  private String changes(long number) {
    return "WITH latest AS (SELECT s.order_hk, max_by(s.hashdiff, s.seq) hd FROM "
        + table("sat")
        + " s LEFT SEMI JOIN ev ON s.order_hk = ev.order_hk WHERE s.batch_id < "
        + number
        + " GROUP BY s.order_hk), ordered AS (SELECT *, lag(hashdiff) OVER (PARTITION BY order_hk"
        + " ORDER BY seq) before_hd FROM ev), changed AS (SELECT o.*, latest.hd FROM ordered o LEFT"
        + " JOIN latest ON o.order_hk = latest.order_hk WHERE NOT (o.hashdiff <=>"
        + " coalesce(o.before_hd, latest.hd))) SELECT order_hk, hashdiff, seq,"
        + " timestamp_millis(source.ts_ms) src_ts, deleted, r, hd IS NOT NULL known, row_number()"
        + " OVER (PARTITION BY order_hk ORDER BY seq) rn, lead(timestamp_millis(source.ts_ms)) OVER"
        + " (PARTITION BY order_hk ORDER BY seq) valid_to FROM changed";
  }

  private String mergeVersions() {
    return "MERGE INTO "
        + table("scd2")
        + " t USING (SELECT order_hk mk, order_hk, r, hashdiff, src_ts, cast(NULL AS timestamp)"
        + " valid_to, deleted FROM chg WHERE rn = 1 AND known UNION ALL SELECT NULL mk, order_hk,"
        + " r, hashdiff, src_ts, valid_to, deleted FROM chg) n ON t.order_hk = n.mk AND"
        + " t.is_current = true WHEN MATCHED THEN UPDATE SET t.is_current = false, t.valid_to ="
        + " n.src_ts WHEN NOT MATCHED AND n.mk IS NULL THEN INSERT (order_hk, order_id, hashdiff,"
        + " valid_from, valid_to, is_current, deleted, "
        + PAYLOAD
        + ") VALUES (n.order_hk, n.r.id, n.hashdiff, n.src_ts, n.valid_to, n.valid_to IS NULL,"
        + " n.deleted, n.r.customer_id, n.r.product_code, n.r.quantity, n.r.price, n.r.status,"
        + " n.r.created_at)";
  }
}
