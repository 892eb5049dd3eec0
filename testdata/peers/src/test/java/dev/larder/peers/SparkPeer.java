package dev.larder.peers;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.JavaConverters;

/** Spark with its own Delta, once in a JVM: local[2], two shuffle partitions, plans as written. */
final class SparkPeer {
  private static SparkSession session;

  private SparkPeer() {}

  static synchronized SparkSession session() {
    if (session == null) {
      Path scratch = Path.of("target", "spark").toAbsolutePath();
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("peers")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.local.dir", scratch.toString())
              .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toUri().toString())
              .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
              .config(
                  "spark.sql.catalog.spark_catalog",
                  "org.apache.spark.sql.delta.catalog.DeltaCatalog")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.databricks.delta.snapshotPartitions", "1")
              // VACUUM and RESTORE split their listings into this many tasks: by default 10,000.
              .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.datetime.java8API.enabled", "true")
              // Spark writes dates before 1582 only when told in which calendar.
              .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
              .config("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED")
              .config("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED")
              // Tables are small and queries many: compiling each would take longer than running
              // it.
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              // The plan that is run is the one whose metrics are read.
              .config("spark.sql.adaptive.enabled", "false")
              .config("spark.databricks.delta.retentionDurationCheck.enabled", "false")
              .getOrCreate();
    }
    return session;
  }

  /** How SQL names the table of a directory. */
  static String table(Path directory) {
    return "delta.`" + directory + "`";
  }

  /** Runs a statement and returns its rows. */
  static List<Row> sql(String statement) {
    return session().sql(statement).collectAsList();
  }

  static Dataset<Row> read(Path directory) {
    return session().read().format("delta").load(directory.toString());
  }

  /** A table's rows as canonical values in the given columns. */
  static List<Object[]> rows(Path directory, RowSchema schema) {
    return canonical(read(directory), schema);
  }

  static List<Object[]> canonical(Dataset<Row> rows, RowSchema schema) {
    List<Object[]> all = new ArrayList<>();
    rows.collectAsList().forEach(row -> all.add(canonical(row, schema)));
    return all;
  }

  private static Object[] canonical(Row row, RowSchema schema) {
    Object[] values = new Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = row.get(row.fieldIndex(schema.column(i).name()));
      values[i] = value == null ? null : canonical(schema.column(i).type(), value);
    }
    return values;
  }

  private static Object canonical(ColumnType type, Object value) {
    return switch (type.kind()) {
      case BOOLEAN, DECIMAL, FLOAT, DOUBLE, STRING, JSON, BINARY -> value;
      case INT, TIME -> ((Number) value).longValue();
      case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
      case DATETIME, TIMESTAMP -> Values.micros((Instant) value);
      case STRUCT -> canonical((Row) value, type.fields());
      case ARRAY -> array(type.element().type(), (scala.collection.Seq<?>) value);
      case MAP -> map(type, (scala.collection.Map<?, ?>) value);
    };
  }

  private static Object[] array(ColumnType element, scala.collection.Seq<?> value) {
    return JavaConverters.seqAsJavaList(value).stream()
        .map(each -> each == null ? null : canonical(element, each))
        .toArray();
  }

  private static Object[] map(ColumnType type, scala.collection.Map<?, ?> value) {
    return JavaConverters.mapAsJavaMap(value).entrySet().stream()
        .map(
            entry ->
                new Object[] {
                  canonical(type.key().type(), entry.getKey()),
                  entry.getValue() == null ? null : canonical(type.value().type(), entry.getValue())
                })
        .toArray();
  }

  /** What a query gave, and how many files Spark opened for it. */
  record Scan(List<Object[]> rows, long files) {}

  static Scan scan(Path directory, RowSchema schema, String condition) {
    Dataset<Row> query = read(directory).where(condition);
    List<Object[]> rows = canonical(query, schema);
    long files = 0;
    for (SparkPlan leaf :
        JavaConverters.seqAsJavaList(query.queryExecution().executedPlan().collectLeaves())) {
      if (leaf instanceof FileSourceScanExec scan) {
        files += scan.metrics().apply("numFiles").value();
      }
    }
    return new Scan(rows, files);
  }
}
