package dev.larder.io.jdbc;

import dev.larder.io.changes.Sequence;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a server's binlog stood at a moment.
 *
 * @param file the binlog file, {@code binlog.000003}
 * @param position the byte in the file at which the next event begins
 * @param gtidSet the transactions executed ({@code gtid_executed}) without white space; empty if
 *     the server keeps no GTIDs
 * @param recordedAt microseconds since the epoch, UTC, by the server's clock
 * @param repetition how many snapshots began at this very place before: their rows must not be
 *     taken for those of this one
 */
public record BinlogPosition(
    String file, long position, String gtidSet, long recordedAt, int repetition)
    implements Serializable {
  private static final String NO_LOG = "none.000000";
  private static final Duration COMMIT_PATIENCE = Duration.ofMinutes(5);

  public BinlogPosition {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(gtidSet, "gtidSet");
  }

  public BinlogPosition(String file, long position, String gtidSet, long recordedAt) {
    this(file, position, gtidSet, recordedAt, 0);
  }

  /** The same place for one more snapshot. */
  public BinlogPosition repeated(int times) {
    return new BinlogPosition(file, position, gtidSet, recordedAt, times);
  }

  /**
   * The server's position as a snapshot or a connector begins at it (P0): when this returns, every
   * transaction that lies before it can be seen in the tables. What {@code SHOW MASTER STATUS} says
   * is not enough: its place is behind transactions that are in the log and not yet committed, and
   * a snapshot that does not see them would lose them, for the log is read from that place on.
   *
   * <p>Of a server without GTIDs nobody can tell which those are; there the time between the
   * server's two steps is all that keeps a transaction from being missed.
   *
   * @throws dev.larder.io.changes.SourceException as {@link #current}; if a transaction stays
   *     between log and tables
   */
  public static BinlogPosition settled(Source source, Connection connection) {
    return settled(source, connection, COMMIT_PATIENCE);
  }

  static BinlogPosition settled(Source source, Connection connection, Duration patience) {
    BinlogPosition position = current(source, connection);
    try {
      if (!position.gtidSet.isEmpty()) {
        CommitsUnderWay.awaitOver(source, connection, patience);
      }
      return position;
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "asking for the transactions under way", e);
    }
  }

  /**
   * The server's position now: everything committed before this call lies before it.
   *
   * @throws dev.larder.io.changes.SourceException if the binlog is off or the user lacks
   *     REPLICATION CLIENT
   */
  public static BinlogPosition current(Source source, Connection connection) {
    try (Statement statement = connection.createStatement()) {
      // The time is asked first: an event behind the position may not be older than it.
      long recordedAt = now(statement);
      String sql = ServerVersion.of(connection).binlogStatusSql();
      try (ResultSet status = statement.executeQuery(sql)) {
        if (!status.next()) {
          throw JdbcErrors.noBinlog(source);
        }
        String gtidSet = hasGtids(status) ? status.getString("Executed_Gtid_Set") : "";
        return new BinlogPosition(
            status.getString("File"),
            status.getLong("Position"),
            gtidSet.replaceAll("\\s", ""),
            recordedAt);
      }
    } catch (SQLException e) {
      throw JdbcErrors.noPosition(source, e);
    }
  }

  /**
   * Stands for the place of a full read that is joined to no log: such reads follow one another by
   * number and lie before every place of a log.
   *
   * @param number from 1, growing
   * @throws dev.larder.io.changes.SourceException if the server does not answer
   */
  public static BinlogPosition withoutLog(Source source, Connection connection, long number) {
    try (Statement statement = connection.createStatement()) {
      // One row behind what the read finds gone: see Sequence.
      return new BinlogPosition(NO_LOG, number, "", now(statement), 1);
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "telling the time", e);
    }
  }

  /** Whether this is a place of a log. */
  public boolean hasLog() {
    return !file.equals(NO_LOG);
  }

  private static long now(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static boolean hasGtids(ResultSet status) throws SQLException {
    return status.getMetaData().getColumnCount() >= 5;
  }

  /**
   * The position as snapshot rows carry it. Every row event behind it has a higher sequence: what
   * begins at the position itself is the transaction's GTID event or its BEGIN.
   */
  public Sequence sequence() {
    return Sequence.of(file, position, repetition);
  }
}
