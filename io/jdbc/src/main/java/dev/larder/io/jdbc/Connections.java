package dev.larder.io.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mariadb.jdbc.Driver;

/**
 * Opens connections to sources. Each one reads only, in UTC, as utf8mb4, in binary protocol with
 * rows streamed by the fetch size.
 *
 * <p>The driver is MariaDB's, for MySQL too: of those tried it costs the least client CPU per row
 * and it streams without further settings.
 */
public final class Connections {
  private static final int CONNECT_TIMEOUT_MS = 10_000;
  // A server that sends nothing for so long is taken for dead; the range is then read again.
  private static final int SOCKET_TIMEOUT_MS = 600_000;
  private static final long IDLE_TIMEOUT_MS = 10_000;
  private static final Map<Source, HikariDataSource> POOLS = new ConcurrentHashMap<>();
  private static final Map<Source, Semaphore> PLACES = new ConcurrentHashMap<>();

  /** The right to have one of a source's connections. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  private Connections() {}

  /**
   * Opens one connection, for planning and checks.
   *
   * @throws SourceException if the server cannot be reached or refuses the login
   */
  public static Connection open(Source source) {
    try {
      Properties properties = properties(source);
      properties.setProperty("user", source.user());
      source.secret().ifPresent(secret -> properties.setProperty("password", secret));
      return new Driver().connect(source.jdbcUrl(), properties);
    } catch (SQLException e) {
      throw JdbcErrors.unreachable(source, e);
    }
  }

  /**
   * Waits until this process may have one more connection to the source, however long others read.
   *
   * @param maxConnections the first call for a source decides
   */
  static Place place(Source source, int maxConnections) {
    Semaphore places = PLACES.computeIfAbsent(source, key -> new Semaphore(maxConnections, true));
    places.acquireUninterruptibly();
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        places.release();
      }
    };
  }

  /**
   * Borrows a connection from this process's pool for the source; closing it gives it back.
   *
   * @param maxConnections how many connections this process may have to the source; the first call
   *     for a source decides
   */
  static Connection borrow(Source source, int maxConnections) throws SQLException {
    return POOLS.computeIfAbsent(source, key -> pool(key, maxConnections)).getConnection();
  }

  private static HikariDataSource pool(Source source, int maxConnections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("larder-" + source.name());
    config.setDriverClassName(Driver.class.getName());
    config.setJdbcUrl(source.jdbcUrl());
    config.setUsername(source.user());
    source.secret().ifPresent(config::setPassword);
    config.setDataSourceProperties(properties(source));
    config.setMaximumPoolSize(maxConnections);
    // Nothing is opened ahead and nothing kept: a pool that no range uses holds no connection.
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_TIMEOUT_MS);
    config.setConnectionTimeout(2L * CONNECT_TIMEOUT_MS);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static Properties properties(Source source) {
    Properties properties = new Properties();
    properties.setProperty("useServerPrepStmts", "true");
    // A range is one statement with its bounds written out: there is nothing to use again.
    properties.setProperty("cachePrepStmts", "false");
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("yearIsDateType", "false");
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT_MS));
    properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_MS));
    // UTC: TIMESTAMP columns come as UTC. No sql_mode: PAD_CHAR_TO_FULL_LENGTH and its like would
    // change values. The server gives a slow reader an hour before it hangs up (else one minute).
    properties.setProperty(
        "sessionVariables", "time_zone='+00:00',sql_mode='',net_write_timeout=3600");
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
    return properties;
  }
}
