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

/** Opens connections to sources, by the driver and with the settings of {@link Drivers}. */
public final class Connections {
  private static final int CONNECT_TIMEOUT_MS = 10_000;
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
      Properties properties = Drivers.properties(source);
      properties.setProperty("user", source.user());
      source.secret().ifPresent(secret -> properties.setProperty("password", secret));
      return Drivers.of(source).connect(Drivers.url(source), properties);
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
    config.setDriverClassName(Drivers.of(source).getClass().getName());
    config.setJdbcUrl(Drivers.url(source));
    config.setUsername(source.user());
    source.secret().ifPresent(config::setPassword);
    config.setDataSourceProperties(Drivers.properties(source));
    config.setMaximumPoolSize(maxConnections);
    // Nothing is opened ahead and nothing kept: a pool that no range uses holds no connection.
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_TIMEOUT_MS);
    config.setConnectionTimeout(2L * CONNECT_TIMEOUT_MS);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
