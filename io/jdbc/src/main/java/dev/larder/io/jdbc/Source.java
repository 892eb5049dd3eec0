package dev.larder.io.jdbc;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.UserException;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database that tables are read from: the name that the model calls it by, and how to log in.
 *
 * <p>Its option text is {@code
 * name=mysql://user@host:port/database?password=REFERENCE&tls=MODE&driver=DRIVER}:
 *
 * <pre>{@code
 * pos=mysql://larder@db1.example.com:3306/pos?password=env:POS_PASSWORD&tls=verify
 * }</pre>
 *
 * The scheme is {@code mysql} or {@code mariadb} (with or without {@code jdbc:}), the port is 3306
 * if left out, and what stands in user and database may be percent-encoded.
 *
 * @param name the model's name of the source: letters, digits and {@code _}, it becomes part of
 *     table names
 * @param password where the password is, or null for a user without one
 */
public record Source(
    String name,
    String host,
    int port,
    String database,
    String user,
    SecretRef password,
    Tls tls,
    Driver driver)
    implements Serializable {

  /** Which JDBC driver reads it. */
  public enum Driver {
    /** MariaDB's, which is shipped. */
    MARIADB,
    /** MySQL's Connector/J, which must be put on the class path. */
    CONNECTORJ
  }

  /** How the connection is encrypted. */
  public enum Tls {
    /** Not at all: for a server on the same machine or a private network. */
    OFF,
    /** Encrypted; any certificate is accepted. */
    TRUST,
    /** Encrypted; the certificate must be valid and belong to the host. */
    VERIFY
  }

  /** MySQL's own. */
  public static final int DEFAULT_PORT = 3306;

  private static final Pattern OPTION =
      Pattern.compile(
          "(?<name>[A-Za-z][A-Za-z0-9_]*)=(jdbc:)?(mysql|mariadb)://"
              + "((?<user>[^@/?]*)@)?(?<host>\\[[^\\]]+]|[^:/?@]+)(:(?<port>[0-9]{1,5}))?"
              + "/(?<database>[^/?]+)([?](?<parameters>.*))?");

  public Source {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(driver, "driver");
  }

  /** A source that is read by MariaDB's driver. */
  public Source(
      String name,
      String host,
      int port,
      String database,
      String user,
      SecretRef password,
      Tls tls) {
    this(name, host, port, database, user, password, tls, Driver.MARIADB);
  }

  /**
   * Reads an option text.
   *
   * @throws UserException if it is not of the form above; the message never repeats what may be a
   *     password
   */
  public static Source parse(String text) {
    Matcher option = OPTION.matcher(text);
    if (!option.matches()) {
      throw JdbcErrors.noSource(text);
    }
    String name = option.group("name");
    String user = option.group("user");
    if (user == null || user.isEmpty()) {
      throw JdbcErrors.noUser(name);
    }
    if (user.contains(":")) {
      throw JdbcErrors.literalPassword(name, decoded(user.substring(0, user.indexOf(':'))));
    }
    int port = option.group("port") == null ? DEFAULT_PORT : Integer.parseInt(option.group("port"));
    if (port < 1 || port > 65_535) {
      throw JdbcErrors.noPort(name, port);
    }
    SecretRef password = null;
    Tls tls = Tls.OFF;
    Driver driver = Driver.MARIADB;
    for (String parameter : parameters(option.group("parameters"))) {
      String key = parameter.substring(0, Math.max(0, parameter.indexOf('=')));
      String value = decoded(parameter.substring(parameter.indexOf('=') + 1));
      switch (key) {
        case "password" -> password = reference(name, user, value);
        case "tls" -> tls = tls(name, value);
        case "driver" -> driver = driver(name, value);
        default -> throw JdbcErrors.unknownParameter(name, key);
      }
    }
    return new Source(
        name,
        option.group("host"),
        port,
        decoded(option.group("database")),
        decoded(user),
        password,
        tls,
        driver);
  }

  private static String[] parameters(String text) {
    return text == null || text.isEmpty() ? new String[0] : text.split("&");
  }

  private static SecretRef reference(String name, String user, String value) {
    if (value.startsWith("env:") || value.startsWith("file:")) {
      return SecretRef.parse(value);
    }
    throw JdbcErrors.literalPassword(name, decoded(user));
  }

  private static Tls tls(String name, String value) {
    try {
      return Tls.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw JdbcErrors.unknownTls(name, value, e);
    }
  }

  private static Driver driver(String name, String value) {
    try {
      return Driver.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw JdbcErrors.unknownDriver(name, value, e);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The id of one of this source's tables. */
  public TableId table(String table) {
    return new TableId(name, table);
  }

  /** {@code host:port}. */
  public String address() {
    return host + ":" + port;
  }

  /** The password, looked up now; empty for a user without one. */
  Optional<String> secret() {
    return Optional.ofNullable(password).map(SecretRef::resolve);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The option text, which {@link #parse} reads; it holds the password's reference only. */
  @Override
  public String toString() {
    List<String> parameters = new ArrayList<>();
    if (password != null) {
      parameters.add("password=" + password);
    }
    if (tls != Tls.OFF) {
      parameters.add("tls=" + tls.name().toLowerCase(Locale.ROOT));
    }
    if (driver != Driver.MARIADB) {
      parameters.add("driver=" + driver.name().toLowerCase(Locale.ROOT));
    }
    return name
        + "=mysql://"
        + encoded(user)
        + "@"
        + address()
        + "/"
        + encoded(database)
        + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }
}
