package dev.larder.testdata.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A MySQL 8.0.31 server with row-based binary log (full images, full metadata, GTID), UTC, on the
 * loopback interface.
 *
 * <p>Its users, each with a random password and no more rights than its task needs:
 *
 * <table>
 * <caption>Users of a sandbox server</caption>
 * <tr><th>user</th><th>may</th><th>for</th></tr>
 * <tr><td>{@code app}</td><td>everything in the server's databases</td><td>the application whose
 *   data Larder reads</td></tr>
 * <tr><td>{@code cdc}</td><td>{@code REPLICATION SLAVE, REPLICATION CLIENT}; {@code SELECT} in the
 *   databases</td><td>Debezium that neither snapshots nor locks: it reads the log, the log's
 *   position and the tables' definitions</td></tr>
 * <tr><td>{@code snapshot}</td><td>{@code REPLICATION CLIENT}; {@code SELECT} in the databases</td>
 *   <td>the snapshot: {@code SHOW MASTER STATUS} and the rows</td></tr>
 * <tr><td>{@code admin}</td><td>everything</td><td>tests that break things</td></tr>
 * </table>
 *
 * <p><b>Guarantees:</b> committed data survives {@link #kill9} (not a power cut: nothing is synced
 * to the disk).
 */
public final class MySqlServer extends Service {
  /** Flags about storage files, equal for the template that is copied and the servers on it. */
  static final List<String> STORAGE_FLAGS =
      List.of(
          "--innodb-flush-method=nosync",
          "--innodb-flush-log-at-trx-commit=2",
          "--innodb-doublewrite=OFF",
          "--innodb-use-native-aio=OFF",
          "--auto-generate-certs=OFF",
          "--sha256-password-auto-generate-rsa-keys=OFF",
          "--caching-sha2-password-auto-generate-rsa-keys=OFF");

  private static final List<String> SERVER_FLAGS =
      List.of(
          "--bind-address=127.0.0.1",
          // Relative to the data directory: a socket's whole path may have 107 characters.
          "--socket=mysqld.sock",
          "--pid-file=mysqld.pid",
          "--mysqlx=OFF",
          "--performance-schema=OFF",
          "--skip-name-resolve",
          "--local-infile=1",
          "--default-time-zone=+00:00",
          "--max-connections=100",
          "--innodb-buffer-pool-size=256M",
          "--innodb-redo-log-capacity=64M",
          "--log-bin=binlog",
          "--sync-binlog=0",
          "--binlog-format=ROW",
          "--binlog-row-image=FULL",
          "--binlog-row-metadata=FULL",
          "--gtid-mode=ON",
          "--enforce-gtid-consistency=ON");

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final MySqlSetup setup;
  private final FetchedArtifacts artifacts;
  private final int serverId;
  private final PortLease lease;
  private final Login app;
  private final Login cdc;
  private final Login snapshot;
  private final Login admin;

  MySqlServer(MySqlSetup setup, FetchedArtifacts artifacts, Path directory, int serverId)
      throws IOException {
    super("MySQL " + setup.name(), directory);
    this.setup = setup;
    this.artifacts = artifacts;
    this.serverId = serverId;
    Files.createDirectories(directory);
    this.app = login("app");
    this.cdc = login("cdc");
    this.snapshot = login("snapshot");
    this.admin = login("admin");
    this.lease = PortLease.take();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return lease.port();
  }

  /** The application's user. */
  public Login app() {
    return app;
  }

  /** Debezium's user. */
  public Login cdc() {
    return cdc;
  }

  /** The snapshot's user. */
  public Login snapshot() {
    return snapshot;
  }

  /** The user with every right. */
  public Login admin() {
    return admin;
  }

  /** A JDBC URL for the MariaDB driver, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:mariadb://" + host() + ":" + port() + "/" + database;
  }

  /** A JDBC URL for the MariaDB driver that holds user and password: not for logs. */
  public String jdbcUrl(String database, Login login) {
    return jdbcUrl(database) + "?user=" + login.user() + "&password=" + login.password();
  }

  /** The server as Larder's {@code --source} takes it, with a reference to the password. */
  public String sourceUrl(String database, Login login) {
    return "mysql://%s@%s:%d/%s?password=file:%s"
        .formatted(login.user(), host(), port(), database, login.passwordFile().toAbsolutePath());
  }

  /** A connection for statements. The caller closes it. */
  public Sql connect(String database, Login login) throws SQLException {
    return Sql.connect(jdbcUrl(database, login));
  }

  @Override
  List<String> command() throws IOException {
    MySqlDistribution distribution = MySqlDistribution.of(artifacts);
    Path data = directory().toAbsolutePath().resolve("data");
    List<String> command = new ArrayList<>();
    command.add(distribution.mysqld().toString());
    command.add("--no-defaults");
    command.addAll(distribution.placeFlags(data));
    command.addAll(STORAGE_FLAGS);
    command.addAll(SERVER_FLAGS);
    command.add("--port=" + port());
    command.add("--server-id=" + serverId);
    if (!Files.isDirectory(data)) {
      distribution.createDataDirectory(data);
    }
    command.add("--init-file=" + writeInitFile());
    command.addAll(setup.flags());
    return command;
  }

  @Override
  boolean answers() {
    try (Sql sql = connect("", admin)) {
      return sql.value("SELECT 1").equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  void release() {
    lease.close();
  }

  /** One statement a line; all may run again; none of them goes to the binary log. */
  private Path writeInitFile() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("SET sql_log_bin = 0;");
    setup.databases().forEach(d -> lines.add("CREATE DATABASE IF NOT EXISTS `" + d + "`;"));
    for (Login login : List.of(app, cdc, snapshot, admin)) {
      lines.add(
          "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED WITH mysql_native_password BY '%s';"
              .formatted(login.user(), login.password()));
    }
    lines.add("GRANT ALL ON *.* TO 'admin'@'%' WITH GRANT OPTION;");
    lines.add("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'cdc'@'%';");
    lines.add("GRANT REPLICATION CLIENT ON *.* TO 'snapshot'@'%';");
    for (String database : setup.databases()) {
      String pattern = database.replace("_", "\\_");
      lines.add("GRANT ALL ON `" + pattern + "`.* TO 'app'@'%';");
      lines.add("GRANT SELECT ON `" + pattern + "`.* TO 'cdc'@'%', 'snapshot'@'%';");
    }
    setup.statements().forEach(statement -> lines.add(statement + ";"));
    Path file = directory().toAbsolutePath().resolve("init.sql");
    Files.deleteIfExists(file);
    Files.createFile(file, OWNER_ONLY);
    return Files.write(file, lines);
  }

  private Login login(String user) throws IOException {
    Path file = directory().resolve(user + ".password");
    if (!Files.exists(file)) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      Files.createFile(file, OWNER_ONLY);
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    return new Login(user, Files.readString(file), file);
  }
}
