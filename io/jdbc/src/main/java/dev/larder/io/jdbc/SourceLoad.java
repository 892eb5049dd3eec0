package dev.larder.io.jdbc;

import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * How much a server has to do at a moment.
 *
 * @param threadsRunning threads at work for others than Larder's user
 * @param lagSeconds how far the server is behind the one it replicates from; -1 if it is no
 *     replica, or does not know because replication stands still
 */
record SourceLoad(int threadsRunning, long lagSeconds) {

  /**
   * Asks the server. All threads of Larder's own user count as Larder's: it needs one of its own.
   *
   * @throws SourceException if the replica's state is wanted and there is none, or the user may not
   *     see it
   */
  static SourceLoad of(Source source, Connection connection, BrakeLimits limits)
      throws SQLException {
    int running = 0;
    if (limits.maxThreadsRunning() > 0) {
      // Both count the thread that asks. A reader that pauses still counts as running.
      long all = number(connection, "SHOW GLOBAL STATUS LIKE 'Threads_running'", 2);
      long own =
          number(
              connection,
              "SELECT COUNT(*) FROM information_schema.processlist WHERE user ="
                  + " SUBSTRING_INDEX(USER(), '@', 1) AND command NOT IN ('Sleep', 'Daemon')",
              1);
      running = (int) Math.max(0, all - own);
    }
    long lag = limits.maxReplicaLag() == null ? -1 : lag(source, connection);
    return new SourceLoad(running, lag);
  }

  /** Why reading should pause, in words; empty if it should not. */
  Optional<String> above(BrakeLimits limits) {
    if (limits.maxThreadsRunning() > 0 && threadsRunning > limits.maxThreadsRunning()) {
      return Optional.of(threadsRunning + " threads run");
    }
    if (limits.maxReplicaLag() != null) {
      if (lagSeconds < 0) {
        return Optional.of("replication stands still");
      }
      if (lagSeconds > limits.maxReplicaLag().toSeconds()) {
        return Optional.of("replica is " + lagSeconds + " s behind");
      }
    }
    return Optional.empty();
  }

  private static long number(Connection connection, String sql, int column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(column);
    }
  }

  private static long lag(Source source, Connection connection) throws SQLException {
    ServerVersion version = ServerVersion.of(connection);
    try (Statement statement = connection.createStatement();
        ResultSet status = statement.executeQuery(version.replicaStatusSql())) {
      if (!status.next()) {
        throw JdbcErrors.noReplica(source);
      }
      long seconds = status.getLong(version.lagColumn());
      return status.wasNull() ? -1 : seconds;
    }
  }
}
