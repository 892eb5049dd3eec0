package dev.larder.io.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Stand-ins for data source, connection, statement and result that answer what JdbcIO's read calls
 * (Beam 2.70, {@code JdbcIO.ReadFn}) and refuse the rest. A connection of this data source holds
 * none to a server: {@link RangeScan} takes one for as long as it reads a range.
 */
final class RangeDataSource implements DataSource {
  private final RangeReads reads;
  private final Show show;

  /** What a result shows as a row. */
  enum Show {
    ROWS,
    /** The whole range, once. */
    RANGE
  }

  RangeDataSource(RangeReads reads, Show show) {
    this.reads = reads;
    this.show = show;
  }

  @Override
  public Connection getConnection() {
    return standIn(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "prepareStatement" -> statement();
              case "close" -> null;
              default -> unsupported(method.getName());
            });
  }

  private RangeStatement statement() {
    RangeScan scan = new RangeScan(reads);
    return standIn(
        RangeStatement.class,
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "setFetchSize" -> scan.fetchSize((Integer) arguments[0]);
            case "bind" -> scan.bind((TableRange) arguments[0]);
            case "executeQuery" -> {
              scan.open();
              return show == Show.RANGE ? range(scan) : rows(scan);
            }
            case "close" -> scan.close();
            default -> unsupported(method.getName());
          }
          return null;
        });
  }

  private static RangeRows rows(RangeScan scan) {
    return standIn(
        RangeRows.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "next" -> scan.next();
              case "record" -> scan.record();
              case "close" -> {
                scan.close();
                yield null;
              }
              default -> unsupported(method.getName());
            });
  }

  private static RangeRows range(RangeScan scan) {
    AtomicBoolean shown = new AtomicBoolean();
    return standIn(
        RangeRows.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "next" -> !shown.getAndSet(true);
              case "changes" -> scan;
              case "close" -> {
                scan.close();
                yield null;
              }
              default -> unsupported(method.getName());
            });
  }

  private static <T> T standIn(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object unsupported(String method) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "JdbcIO called " + method + ", which Larder's stand-in for JDBC does not have");
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the source has its own user");
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("java.util.logging is not used");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
