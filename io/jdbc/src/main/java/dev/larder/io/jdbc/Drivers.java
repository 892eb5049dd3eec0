package dev.larder.io.jdbc;

import dev.larder.io.changes.UserException;
import java.util.Properties;

/**
 * The two JDBC drivers and their settings: in both a connection reads only, in UTC, as utf8mb4, in
 * binary protocol, with rows streamed.
 *
 * <p>MariaDB's is the default, for MySQL too: of those tried it costs the least client CPU per row
 * and it streams by its fetch size. Connector/J ({@code ?driver=connectorj}) streams only row by
 * row, with the fetch size {@code Integer.MIN_VALUE}; with a real fetch size it reads the whole
 * result into memory, and its cursors cost the server 2.5 times the CPU. It is under the GPL, so it
 * is not shipped: whoever wants it puts it on the class path.
 */
final class Drivers {
  private static final String CONNECTOR_J = "com.mysql.cj.jdbc.Driver";
  private static final int CONNECT_TIMEOUT_MS = 10_000;
  // A server that sends nothing for so long is taken for dead; the range is then read again.
  private static final int SOCKET_TIMEOUT_MS = 600_000;
  // How long the server waits for a reader that is slow or pauses before it hangs up.
  private static final int WRITE_TIMEOUT_SECONDS = 3_600;
  // UTC: TIMESTAMP columns come as UTC. No sql_mode: PAD_CHAR_TO_FULL_LENGTH and its like would
  // change values.
  private static final String SESSION =
      "time_zone='+00:00',sql_mode='',net_write_timeout=" + WRITE_TIMEOUT_SECONDS;

  private Drivers() {}

  /**
   * The driver.
   *
   * @throws UserException if it is not on the class path
   */
  static java.sql.Driver of(Source source) {
    return switch (source.driver()) {
      case MARIADB -> new org.mariadb.jdbc.Driver();
      case CONNECTORJ -> connectorJ(source);
    };
  }

  private static java.sql.Driver connectorJ(Source source) {
    try {
      return (java.sql.Driver) Class.forName(CONNECTOR_J).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw JdbcErrors.noDriver(source, CONNECTOR_J, e);
    }
  }

  static String url(Source source) {
    String scheme = source.driver() == Source.Driver.MARIADB ? "jdbc:mariadb://" : "jdbc:mysql://";
    return scheme + source.address() + "/" + Source.encoded(source.database());
  }

  /** The fetch size with which a driver streams. */
  static int fetchSize(Source source, int rows) {
    return source.driver() == Source.Driver.CONNECTORJ ? Integer.MIN_VALUE : rows;
  }

  static Properties properties(Source source) {
    Properties properties = new Properties();
    properties.setProperty("useServerPrepStmts", "true");
    // A range is one statement with its bounds written out: there is nothing to use again.
    properties.setProperty("cachePrepStmts", "false");
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("yearIsDateType", "false");
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT_MS));
    properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_MS));
    switch (source.driver()) {
      case MARIADB -> mariaDb(source, properties);
      case CONNECTORJ -> connectorJ(source, properties);
    }
    return properties;
  }

  private static void mariaDb(Source source, Properties properties) {
    properties.setProperty("sessionVariables", SESSION);
    properties.setProperty("initSql", "SET SESSION TRANSACTION READ ONLY");
    switch (source.tls()) {
      case OFF -> {
        properties.setProperty("sslMode", "disable");
        // The default login plug-in of MySQL 8 needs the server's key where there is no TLS.
        properties.setProperty("allowPublicKeyRetrieval", "true");
      }
      case TRUST -> properties.setProperty("sslMode", "trust");
      case VERIFY -> properties.setProperty("sslMode", "verify-full");
    }
  }

  private static void connectorJ(Source source, Properties properties) {
    properties.setProperty("sessionVariables", SESSION + ",transaction_read_only=1");
    properties.setProperty("useCursorFetch", "false");
    // Else it sets net_write_timeout to ten minutes for every streamed result.
    properties.setProperty("netTimeoutForStreamingResults", String.valueOf(WRITE_TIMEOUT_SECONDS));
    properties.setProperty("connectionTimeZone", "UTC");
    switch (source.tls()) {
      case OFF -> {
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
      }
      case TRUST -> properties.setProperty("sslMode", "REQUIRED");
      case VERIFY -> properties.setProperty("sslMode", "VERIFY_IDENTITY");
    }
  }
}
