package dev.larder.io.jdbc;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowDigest;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLSyntaxErrorException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one range from its first row to its last, over as many connections as break on the way. Not
 * safe for threads.
 */
final class RangeScan implements TableChanges {
  private static final Logger LOG = LoggerFactory.getLogger(RangeScan.class);
  private static final Counter ROWS = Metrics.counter(JdbcSnapshots.class, MetricNames.ROWS_READ);
  private static final Counter RANGES =
      Metrics.counter(JdbcSnapshots.class, MetricNames.RANGES_READ);
  private static final Counter RETRIES =
      Metrics.counter(JdbcSnapshots.class, MetricNames.RANGES_RETRIED);
  private static final Counter BRAKED = Metrics.counter(JdbcSnapshots.class, MetricNames.BRAKED_MS);
  private static final Distribution MILLIS =
      Metrics.distribution(JdbcSnapshots.class, MetricNames.RANGE_READ_MS);
  private static final long REPORT_EVERY_ROWS = 10_000;
  // Ranges arrive with a copy of their table's schema each; records of one table share one.
  private static final Map<TableSchema, TableSchema> SCHEMAS = new ConcurrentHashMap<>();

  private final RangeReads reads;
  private final RowDigest digest = new RowDigest();
  private int fetchSize = 1;
  private TableRange range;
  private TableSchema table;
  private int attempt = 1;
  private long rowCount;
  private long reportedRows;
  private long startedNanos;

  private SourceBrake brake;
  private Connections.Place place;
  private Connection connection;
  private PreparedStatement statement;
  private ResultSet result;
  private RowReader reader;
  private Object[] row;

  RangeScan(RangeReads reads) {
    this.reads = reads;
  }

  void fetchSize(int rows) {
    fetchSize = Math.max(1, reads.limits().fetchSize(rows));
  }

  void bind(TableRange bound) {
    range = bound;
    table = SCHEMAS.computeIfAbsent(bound.table(), schema -> schema);
  }

  void open() {
    startedNanos = System.nanoTime();
    brake = reads.brake(range);
    brake.enter();
    connect();
  }

  private void connect() {
    while (true) {
      try {
        execute();
        return;
      } catch (SQLException e) {
        waitOrFail(e);
      }
    }
  }

  private void execute() throws SQLException {
    pause();
    place = Connections.place(reads.source(range), reads.maxConnections());
    connection = Connections.borrow(reads.source(range), reads.maxConnections());
    statement =
        connection.prepareStatement(
            range.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(Drivers.fetchSize(reads.source(range), fetchSize));
    // The driver's own result: the pool's wrapper would stand between it and every value.
    result = statement.executeQuery().unwrap(ResultSet.class);
    reader = RowReader.of(table, result.getMetaData());
  }

  /** Goes to the next row, also if the connection breaks before it. */
  boolean next() {
    while (true) {
      try {
        if (!result.next()) {
          finished();
          return false;
        }
        row = reader.row(result);
        digest.add(row);
        if (++rowCount - reportedRows >= REPORT_EVERY_ROWS) {
          report();
        }
        if (rowCount % fetchSize == 0) {
          pause();
        }
        return true;
      } catch (SQLException e) {
        waitOrFail(e);
        connect();
      }
    }
  }

  @Override
  public TableSchema table() {
    return table;
  }

  @Override
  public void forEach(Consumer<ChangeRecord> out) {
    while (next()) {
      out.accept(record());
    }
  }

  /** Waits until the next rows may be fetched: between two fetches and before a range. */
  private void pause() {
    try {
      long waited = brake.await(fetchSize);
      if (waited > 0) {
        BRAKED.inc(waited);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JdbcErrors.brokenRange(range, attempt, rowCount, e);
    }
  }

  ChangeRecord record() {
    return ChangeRecord.read(table, row, range.committedAt(), range.sequence());
  }

  private void finished() {
    report();
    RANGES.inc();
    long millis = (System.nanoTime() - startedNanos) / 1_000_000;
    MILLIS.update(millis);
    tableCounter(MetricNames.TABLE_RANGES).inc();
    tableCounter(MetricNames.TABLE_ROWS).inc(digest.rows());
    tableCounter(MetricNames.TABLE_BYTES).inc(digest.bytes());
    tableCounter(MetricNames.TABLE_CHECKSUM).inc(digest.checksum());
    tableCounter(MetricNames.TABLE_MS).inc(millis);
  }

  private Counter tableCounter(String name) {
    return Metrics.counter(JdbcSnapshots.class, name + table.id());
  }

  private void report() {
    ROWS.inc(rowCount - reportedRows);
    reportedRows = rowCount;
  }

  /** Ends the reading: the connection is given back, and the brake is no longer needed. */
  void close() {
    release();
    if (brake != null) {
      brake.exit();
      brake = null;
    }
  }

  /** Waits for the next attempt and sets the range to what is still to be read. */
  private void waitOrFail(SQLException cause) {
    release();
    TableRange rest = row == null ? range : range.behind(row).orElse(null);
    if (attempt >= reads.retries().attempts() || isPermanent(cause) || rest == null) {
      throw JdbcErrors.brokenRange(range, attempt, rowCount, cause);
    }
    attempt++;
    RETRIES.inc();
    LOG.warn(
        "Reading {} broke off after {} rows and goes on (attempt {}): {}",
        range,
        rowCount,
        attempt,
        JdbcErrors.plain(cause));
    range = rest;
    row = null;
    try {
      Thread.sleep(reads.retries().waitBefore(attempt).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JdbcErrors.brokenRange(range, attempt, rowCount, e);
    }
  }

  private static boolean isPermanent(SQLException cause) {
    return cause instanceof SQLSyntaxErrorException
        || cause instanceof SQLInvalidAuthorizationSpecException
        || cause instanceof SQLFeatureNotSupportedException;
  }

  /** Gives the connection back. Rows that were not read are skipped by the driver. */
  private void release() {
    close(result);
    close(statement);
    close(connection);
    close(place);
    place = null;
    result = null;
    statement = null;
    connection = null;
  }

  private static void close(AutoCloseable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (Exception e) {
      LOG.debug("Closing what is left of a range failed", e);
    }
  }
}
