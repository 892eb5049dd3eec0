package dev.larder.peers.bench;

import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark as it is set for speed on two cores, and the benchmark's rows as it takes them. */
final class SparkSide {
  private static final StructType SCHEMA =
      new StructType()
          .add("hk", DataTypes.BinaryType, false)
          .add("hashdiff", DataTypes.BinaryType, false)
          .add("name", DataTypes.StringType)
          .add("status", DataTypes.StringType)
          .add("amount", DataTypes.createDecimalType(12, 2))
          .add("valid_from", DataTypes.TimestampType)
          .add("valid_to", DataTypes.TimestampType)
          .add("is_current", DataTypes.BooleanType);

  private SparkSide() {}

  static SparkSession session() {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("peers")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.databricks.delta.snapshotPartitions", "2")
            .config("spark.sql.autoBroadcastJoinThreshold", "33554432")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.datetime.java8API.enabled", "true")
            .getOrCreate();
    session.sparkContext().setLogLevel("ERROR");
    return session;
  }

  /** Rows of the keys 0, step, 2 * step, ... below a limit. */
  static Dataset<Row> rows(SparkSession session, long limit, long step, int version, int parts) {
    return session
        .range(0, limit, step, parts)
        .map(
            (MapFunction<Long, Row>) key -> row(Satellite.row(key, version)), Encoders.row(SCHEMA));
  }

  private static Row row(Object[] values) {
    return RowFactory.create(
        values[0],
        values[1],
        values[2],
        values[3],
        (BigDecimal) values[4],
        Values.instant((Long) values[5]),
        (Instant) null,
        null);
  }
}
