package dev.larder.io.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The binlog files that a server has, and what stands in them. Needs REPLICATION CLIENT; looking
 * for statements needs REPLICATION SLAVE.
 */
final class BinlogFiles {
  private static final int EVENTS_AT_ONCE = 10_000;

  /** So much is looked through for a statement: some minutes of a busy server. */
  private static final long MAX_EVENTS = 2_000_000;

  private final Connection connection;
  private final Map<String, Long> sizes;

  private BinlogFiles(Connection connection, Map<String, Long> sizes) {
    this.connection = connection;
    this.sizes = sizes;
  }

  static BinlogFiles of(Connection connection) throws SQLException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet files = statement.executeQuery("SHOW BINARY LOGS")) {
      while (files.next()) {
        sizes.put(files.getString(1), files.getLong(2));
      }
    }
    return new BinlogFiles(connection, sizes);
  }

  /** Whether what stands behind a place can still be read. */
  boolean hold(String file, long position) {
    return sizes.containsKey(file) && position <= sizes.get(file);
  }

  /** Names, oldest first, for messages: {@code binlog.000004 to binlog.000007}. */
  @Override
  public String toString() {
    return sizes.isEmpty()
        ? "none"
        : new TreeMap<>(sizes).firstKey() + " to " + new TreeMap<>(sizes).lastKey();
  }

  /**
   * The first statement behind a place that defines one of some tables anew.
   *
   * @param statements which ones count
   */
  Optional<String> find(BinlogPosition from, SchemaStatements statements) throws SQLException {
    long looked = 0;
    long position = from.position();
    for (String file : sizes.keySet()) {
      if (file.compareTo(from.file()) < 0) {
        continue;
      }
      long seen;
      do {
        seen = 0;
        try (Statement statement = connection.createStatement();
            ResultSet events = statement.executeQuery(page(file, position))) {
          while (events.next()) {
            seen++;
            position = events.getLong("End_log_pos");
            if ("Query".equals(events.getString("Event_type"))) {
              Optional<String> found = statements.find(events.getString("Info"));
              if (found.isPresent()) {
                return found;
              }
            }
          }
        }
        looked += seen;
      } while (seen == EVENTS_AT_ONCE && looked < MAX_EVENTS);
      position = 4;
    }
    return Optional.empty();
  }

  private static String page(String file, long position) {
    return "SHOW BINLOG EVENTS IN '" + file + "' FROM " + position + " LIMIT " + EVENTS_AT_ONCE;
  }
}
