package dev.larder.io.jdbc;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.UserException;
import java.sql.SQLException;
import java.util.List;

/** What this module says to the user. No message holds a row, a key or a password. */
final class JdbcErrors {
  /** What SQL states of lost or refused connections begin with. */
  private static final String CONNECTION_GONE = "08";

  private static final int ACCESS_DENIED = 1045;
  private static final int DATABASE_DENIED = 1044;
  private static final int UNKNOWN_DATABASE = 1049;
  private static final int TOO_MANY_CONNECTIONS = 1040;
  private static final int PRIVILEGE_MISSING = 1227;
  private static final String FORM =
      " Write name=mysql://user@host:port/database?password=env:NAME (or file:PATH), for example"
          + " pos=mysql://larder@db1:3306/pos?password=env:POS_PASSWORD.";

  private JdbcErrors() {}

  /** The text is shown up to its first colon after the scheme only: what follows may be secret. */
  static UserException noSource(String text) {
    int name = text.indexOf('=');
    String shown = name > 0 ? text.substring(0, name) : "";
    return new UserException(
        "The source" + (shown.isEmpty() ? "" : " \"" + shown + "\"") + " cannot be read." + FORM);
  }

  static UserException noUser(String name) {
    return new UserException("Source " + name + " names no user." + FORM);
  }

  static UserException noPort(String name, int port) {
    return new UserException(
        "Source " + name + ": port " + port + " is none. Ports go from 1 to 65535.");
  }

  static UserException literalPassword(String name, String user) {
    return new UserException(
        "Source "
            + name
            + " holds the password of user "
            + user
            + " itself (not shown here). Options are seen in process lists and job pages: put the"
            + " password into an environment variable and write password=env:NAME, or into a file"
            + " and write password=file:PATH.");
  }

  static UserException unknownParameter(String name, String parameter) {
    return new UserException(
        "Source "
            + name
            + ": unknown parameter \""
            + parameter
            + "\". Known parameters: driver, password, tls.");
  }

  static UserException unknownTls(String name, String value, Exception cause) {
    return new UserException(
        "Source "
            + name
            + ": tls="
            + value
            + " is unknown. Write tls=off, tls=trust (any certificate) or tls=verify.",
        cause);
  }

  static UserException unknownDriver(String name, String value, Exception cause) {
    return new UserException(
        "Source "
            + name
            + ": driver="
            + value
            + " is unknown. Write driver=mariadb (which is the default) or driver=connectorj.",
        cause);
  }

  static UserException noDriver(Source source, String driver, Exception cause) {
    return new UserException(
        "Source "
            + source.name()
            + ": driver=connectorj needs the class "
            + driver
            + ", which is not on the class path. Larder does not ship it: add"
            + " com.mysql:mysql-connector-j, or leave the parameter out.",
        cause);
  }

  /**
   * In the binary protocol Connector/J 9.5 takes the hours of a negative TIME for positive: what
   * was -43:00:00 comes as -05:00:00, and so does -05:00:00.
   */
  static SourceException negativeTime(String column) {
    return new SourceException(
        "Column "
            + column
            + " holds a negative TIME, which Connector/J reads wrongly. Leave driver=connectorj"
            + " out.");
  }

  static UserException unknownSource(TableId table, Iterable<String> known) {
    return new UserException(
        "Table "
            + table
            + ": there is no source "
            + table.source()
            + ". Known sources: "
            + String.join(", ", known)
            + ". Give it with --source="
            + table.source()
            + "=mysql://...");
  }

  static UserException noTable(Source source, String table, List<String> known) {
    return new UserException(
        "Table "
            + source.table(table)
            + " is not in database "
            + source.database()
            + " at "
            + source.address()
            + ", or user "
            + source.user()
            + " may not see it. Tables there: "
            + (known.isEmpty() ? "none" : String.join(", ", known))
            + ". Correct the name, or: "
            + grantSelect(source, table));
  }

  /** Of a server that is not there it says so: it may come back. */
  private static SourceException asked(String message, SQLException cause) {
    String state = cause.getSQLState();
    return state != null && state.startsWith(CONNECTION_GONE)
        ? SourceException.away(message, cause)
        : new SourceException(message, cause);
  }

  static SourceException unreachable(Source source, SQLException cause) {
    return asked(
        "Source "
            + source.name()
            + ": cannot connect to MySQL at "
            + source.address()
            + ", database "
            + source.database()
            + ", as user "
            + source.user()
            + ": "
            + sentence(cause)
            + " "
            + remedy(source, cause),
        cause);
  }

  private static String remedy(Source source, SQLException cause) {
    if (plain(cause).contains("authentication protocol")) {
      return "Check that the user exists (MySQL answers so for users that do not). To create it:"
          + " CREATE USER "
          + account(source)
          + " IDENTIFIED BY '...'; To change how it logs in: ALTER USER "
          + account(source)
          + " IDENTIFIED WITH caching_sha2_password BY '...';";
    }
    String password =
        source.password() == null
            ? "that the user needs no password (none is given: add ?password=env:NAME)"
            : "that " + source.password() + " holds its password";
    return switch (cause.getErrorCode()) {
      case ACCESS_DENIED ->
          "Check that the user may log in from this machine and "
              + password
              + ". To create it: CREATE USER "
              + account(source)
              + " IDENTIFIED BY '...';";
      case DATABASE_DENIED, UNKNOWN_DATABASE ->
          "Check the database's name, or: GRANT SELECT ON "
              + Sql.name(source.database())
              + ".* TO "
              + account(source)
              + ";";
      case TOO_MANY_CONNECTIONS ->
          "Lower --maxConnections, or raise the server's limit: SET PERSIST max_connections = 200;";
      default ->
          "Check that the server runs, that host and port are right, and that this machine may"
              + " reach it (network, firewall, bind-address).";
    };
  }

  static SourceException refused(Source source, String doing, SQLException cause) {
    return asked(
        "Source "
            + source.name()
            + " ("
            + source.address()
            + ", database "
            + source.database()
            + ", user "
            + source.user()
            + ") refused "
            + doing
            + ": "
            + sentence(cause),
        cause);
  }

  static SourceException noBinlog(Source source) {
    return new SourceException(
        "Source "
            + source.name()
            + " ("
            + source.address()
            + ") has no position: its binary log is off. Add log-bin=binlog and server-id=1 to"
            + " [mysqld] in the server's configuration and restart it.");
  }

  static SourceException noPosition(Source source, SQLException cause) {
    if (cause.getErrorCode() == PRIVILEGE_MISSING) {
      return new SourceException(
          "Source "
              + source.name()
              + " ("
              + source.address()
              + "): user "
              + source.user()
              + " may not ask for the binlog's position. "
              + grantReplication("REPLICATION CLIENT", account(source)),
          cause);
    }
    return refused(source, "telling its binlog position", cause);
  }

  static SourceException noReplica(Source source) {
    return new SourceException(
        "--maxReplicaLag: source "
            + source.name()
            + " ("
            + source.address()
            + ") is no replica (its replica status is empty), so it has no lag. Leave the option"
            + " out, or give the replica's address as the source.");
  }

  static SourceException noLoad(Source source, SQLException cause) {
    if (cause.getErrorCode() == PRIVILEGE_MISSING) {
      return new SourceException(
          "--maxReplicaLag: user "
              + source.user()
              + " may not ask source "
              + source.name()
              + " ("
              + source.address()
              + ") how far its replication is. "
              + grantReplication("REPLICATION CLIENT", account(source)),
          cause);
    }
    return refused(source, "telling how much it has to do", cause);
  }

  static SourceException unknownType(TableId table, String column, String type, Exception cause) {
    return new SourceException(
        "Table "
            + table
            + ": column "
            + column
            + " is of type "
            + type
            + ", which Larder does not know. Leave the table out, or report the type.",
        cause);
  }

  static SourceException unreadable(TableId table, String column, ColumnType type, Exception why) {
    return new SourceException(
        "Table "
            + table
            + ": column "
            + column
            + " holds a value that is no "
            + type
            + " ("
            + why.getClass().getSimpleName()
            + "). Look for values that the column's type does not allow, such as 2020-02-31, and"
            + " correct them.",
        why);
  }

  static SourceException brokenRange(TableRange range, int attempt, long rows, Exception cause) {
    return new SourceException(
        "Table "
            + range.table().id()
            + ": reading "
            + range.range()
            + " broke off after "
            + rows
            + " rows (attempt "
            + attempt
            + "): "
            + sentence(cause)
            + " Check the server's error log and the network, then start the snapshot again.",
        cause);
  }

  /** What a table without a key means. */
  static String noKey(TableId table, boolean isReadWhole) {
    return "Table "
        + table
        + " has neither a primary key nor a unique key: "
        + readBy(isReadWhole)
        + ", and rows that are equal in every column cannot be told apart. "
        + addKey(table.table());
  }

  /** What a table means whose only keys may be NULL. */
  static String keyWithNulls(TableId table, String index) {
    return "Table "
        + table
        + " has no key without NULLs: its ranges are cut along the unique key "
        + index
        + ", by which rows are looked up one by one, and rows that are equal in every column cannot"
        + " be told apart. "
        + addKey(table.table());
  }

  /** Why a table is not cut. */
  static String cannotBeCut(TableId table, boolean isReadWhole) {
    return "Table "
        + table
        + ": "
        + readBy(isReadWhole)
        + ", because it has no unique index that begins with a whole column of a type by which rows"
        + " can be ordered.";
  }

  private static String readBy(boolean isReadWhole) {
    return isReadWhole
        ? "it is read whole by one connection"
        : "each of its partitions is read by one connection";
  }

  static String addKey(String table) {
    return "Give it a key: ALTER TABLE "
        + Sql.name(table)
        + " ADD COLUMN larder_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY;";
  }

  static String grantSelect(Source source, String table) {
    return "GRANT SELECT ON "
        + Sql.name(source.database())
        + "."
        + Sql.name(table)
        + " TO "
        + account(source)
        + ";";
  }

  static String grantReplication(String privilege, String account) {
    return "Run as an administrator: GRANT " + privilege + " ON *.* TO " + account + ";";
  }

  static String account(Source source) {
    return "'" + source.user().replace("'", "''") + "'@'%'";
  }

  private static String sentence(Exception cause) {
    String text = plain(cause);
    return text.endsWith(".") ? text : text + ".";
  }

  /** The cause's message on one line, without the connection id that the driver puts before it. */
  static String plain(Exception cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.replaceFirst("^\\(conn=-?\\d+\\) ", "").replaceAll("\\s+", " ").strip();
  }
}
