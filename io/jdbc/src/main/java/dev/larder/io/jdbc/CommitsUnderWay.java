package dev.larder.io.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions whose GTIDs are in use. A commit is written to the binlog first, and in the tables
 * only then: between the two the binlog's position is behind a transaction that no read view shows,
 * for as long as a semi-synchronous replica keeps the server waiting. The server tells such
 * transactions by {@code gtid_owned}, which any user may ask for.
 */
final class CommitsUnderWay {
  private static final Logger LOG = LoggerFactory.getLogger(CommitsUnderWay.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration TOLD_AFTER = Duration.ofSeconds(2);

  private CommitsUnderWay() {}

  /**
   * Waits until all that are under way now are over; others may have begun since.
   *
   * @throws dev.larder.io.changes.SourceException if one of them takes longer
   */
  static void awaitOver(Source source, Connection connection, Duration patience)
      throws SQLException {
    Set<String> left = owned(connection);
    long start = System.nanoTime();
    boolean isTold = false;
    while (!left.isEmpty()) {
      long waited = System.nanoTime() - start;
      if (waited > patience.toNanos()) {
        throw WatchErrors.commitsUnderWay(source, left, patience);
      } else if (waited > TOLD_AFTER.toNanos() && !isTold) {
        LOG.info(
            "Waiting, for {} at the most, for transactions that are in the log of {} and not yet in"
                + " its tables, as one that waits for a replica: {}",
            patience,
            source.name(),
            left);
        isTold = true;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      left.retainAll(owned(connection));
    }
  }

  private static Set<String> owned(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT @@GLOBAL.gtid_owned")) {
      rows.next();
      return parse(rows.getString(1));
    }
  }

  /**
   * @param owned {@code UUID:NUMBER#THREAD:NUMBER#THREAD,UUID:...}, with white space anywhere
   * @return {@code UUID:NUMBER} of each
   */
  static Set<String> parse(String owned) {
    Set<String> gtids = new TreeSet<>();
    for (String server : owned.replaceAll("\\s", "").split(",")) {
      String[] parts = server.split(":");
      for (int i = 1; i < parts.length; i++) {
        gtids.add(parts[0] + ":" + parts[i].replaceAll("#.*", ""));
      }
    }
    return gtids;
  }
}
