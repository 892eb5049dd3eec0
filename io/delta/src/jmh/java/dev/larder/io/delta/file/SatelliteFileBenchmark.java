package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Files of satellite rows of 120 bytes, one thread, zstd level 1, on the disk of the system's
 * temporary files. Scores are rows a second.
 *
 * <p>The peer is DuckDB's COPY of a table in its memory, with one thread. It has its rows in
 * columns already and does not force its file to the disk; ours come as objects, and are forced.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx3g"})
public class SatelliteFileBenchmark {
  private static final int ROWS = 500_000;
  private static final RowSchema SATELLITE =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.required("hashdiff", ColumnType.BINARY),
          Column.required("load_at", ColumnType.TIMESTAMP),
          Column.required("record_source", ColumnType.STRING),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("quantity", ColumnType.INT),
          Column.nullable("price", ColumnType.decimal(12, 2)));

  private final Object[][] rows = new Object[ROWS][];
  private Path directory;
  private TableFiles files;
  private DataFile stored;
  private Connection duckDb;

  @Setup(Level.Trial)
  public void fill() throws IOException, SQLException {
    Random random = new Random(7);
    for (int i = 0; i < ROWS; i++) {
      byte[] key = new byte[32];
      byte[] diff = new byte[32];
      random.nextBytes(key);
      random.nextBytes(diff);
      rows[i] =
          new Object[] {
            key,
            diff,
            1_700_000_000_000_000L + i * 1_000L,
            "mysql.pos.orders",
            "customer " + random.nextInt(1_000_000),
            (long) random.nextInt(100),
            BigDecimal.valueOf(random.nextInt(1_000_000), 2)
          };
    }
    directory = Files.createTempDirectory("satellite");
    TableStore store = TableStores.at(directory.toString());
    files = new TableFiles(store);
    stored = writeLarder().get(0);
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = 1");
    run("CREATE TABLE sat AS SELECT * FROM read_parquet('" + store.address(stored.path()) + "')");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  @TearDown(Level.Trial)
  public void empty() throws IOException, SQLException {
    duckDb.close();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** The files of the last writes go. */
  @TearDown(Level.Iteration)
  public void sweep() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        if (!file.endsWith(stored.path())) {
          Files.delete(file);
        }
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public List<DataFile> writeLarder() {
    return files.write(SATELLITE, DataFile.ANY_BUCKET, Arrays.asList(rows).iterator());
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void writeDuckDb() throws SQLException {
    Path file = directory.resolve("duckdb.parquet");
    run("COPY sat TO '" + file + "' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void readLarder(Blackhole hole) {
    try (RowIterator read = files.read(stored, SATELLITE)) {
      read.forEachRemaining(hole::consume);
    }
  }
}
