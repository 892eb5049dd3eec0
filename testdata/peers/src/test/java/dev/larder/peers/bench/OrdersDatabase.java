package dev.larder.peers.bench;

import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A real MySQL with the orders, and a Kafka. Rows are made by the server itself, deterministic in
 * their number, and stay in the folder for the next run.
 */
final class OrdersDatabase implements AutoCloseable {
  private static final double TICKS_PER_SECOND = 100;
  private static final long MILLION = 1_000_000;
  private static final int PARTITIONS = 16;

  private final Services services;
  private final MySqlServer server;

  private OrdersDatabase(Services services) {
    this.services = services;
    this.server = services.mySql(Orders.SOURCE);
  }

  /** Starts the servers in a folder, with all of the tables in the server's memory. */
  static OrdersDatabase in(Path folder) {
    MySqlSetup setup =
        MySqlSetup.named(Orders.SOURCE)
            .withFlag("--innodb-buffer-pool-size=3G")
            .withFlag("--innodb-redo-log-capacity=2G");
    return new OrdersDatabase(Services.in(folder).withMySql(setup).withKafka().start());
  }

  /** Makes the tables unless they have so many rows already. */
  void fill(long rows) {
    try (Sql sql = server.connect(Orders.SOURCE, server.admin())) {
      if (sql.value(
                  "SELECT COALESCE(MAX(table_comment), '') FROM information_schema.tables"
                      + " WHERE table_schema = DATABASE() AND table_name = 'orders_part'")
              .equals(comment(rows))
          && count(sql, Orders.WHOLE) == rows) {
        return;
      }
      sql.run("SET sql_log_bin = 0", "SET unique_checks = 0");
      for (String table : List.of(Orders.WHOLE, Orders.PARTITIONED, Orders.WARM, "digits")) {
        sql.run("DROP TABLE IF EXISTS " + table);
      }
      sql.run("CREATE TABLE digits (d INT NOT NULL PRIMARY KEY)");
      sql.run("INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
      create(sql, Orders.WARM, "", Orders.WARM_ROWS);
      create(sql, Orders.WHOLE, "", rows);
      sql.run("CREATE TABLE orders_part " + Orders.COLUMNS + partitions(rows));
      sql.run("INSERT INTO orders_part SELECT * FROM orders_big");
      sql.run("ANALYZE TABLE orders_big, orders_part, orders_warm");
      sql.run("ALTER TABLE orders_part COMMENT = '" + comment(rows) + "'");
    } catch (SQLException e) {
      throw new IllegalStateException("making the orders failed", e);
    }
  }

  /** Makes the table that is streamed, empty: all that is read of it is its columns. */
  void createStreamed() {
    try (Sql sql = server.connect(Orders.SOURCE, server.admin())) {
      sql.run("SET sql_log_bin = 0");
      sql.run("CREATE TABLE IF NOT EXISTS " + OrderEvents.TABLE + " " + Orders.COLUMNS);
    } catch (SQLException e) {
      throw new IllegalStateException("making the streamed table failed", e);
    }
  }

  private static String comment(long rows) {
    return rows + " rows";
  }

  private static long count(Sql sql, String table) throws SQLException {
    return Long.parseLong(sql.value("SELECT COUNT(*) FROM " + table));
  }

  private static void create(Sql sql, String table, String more, long rows) throws SQLException {
    sql.run("CREATE TABLE " + table + " " + Orders.COLUMNS + more);
    for (long from = 0; from < rows; from += MILLION) {
      sql.run("INSERT INTO " + table + " " + made(from, Math.min(rows, from + MILLION), rows));
    }
  }

  /** Rows with the ids {@code (from, to]}: skewed pizzerias and products, two years of orders. */
  private static String made(long from, long to, long rows) {
    String number =
        IntStream.range(0, 6)
            .mapToObj(i -> "t" + i + ".d * " + (long) Math.pow(10, 5 - i))
            .collect(Collectors.joining(" + "));
    String digits =
        IntStream.range(0, 6)
            .mapToObj(i -> "digits t" + i)
            .collect(Collectors.joining(" STRAIGHT_JOIN "));
    String status =
        Orders.STATUS.stream().map(s -> "'" + s + "'").collect(Collectors.joining(", "));
    return """
    SELECT id, 1 + FLOOR(800 * POW(CRC32(id) / 4294967296, 2)), 1 + CRC32(id + 77000000) %% 3000000,
      CONCAT('PZ-', 1000 + FLOOR(200 * POW(CRC32(id + 33000000) / 4294967296, 2)), '-CLASSIC'),
      1 + CRC32(id + 11000000) %% 6, 299 + CRC32(id + 55000000) %% 250000 / 100,
      ELT(IF(CRC32(id + 99000000) %% 100 < 80, 6, 1 + CRC32(id + 99000000) %% 7), %s),
      TIMESTAMP('2024-01-01') + INTERVAL id * %d + CRC32(id) %% 1000000 MICROSECOND
    FROM (SELECT /*+ NO_MERGE() */ %d + 1 + %s AS id FROM %s) ids WHERE id <= %d
    """
        .formatted(status, 63_072_000_000_000L / rows, from, number, digits, to);
  }

  private static String partitions(long rows) {
    List<String> parts = new ArrayList<>();
    for (int i = 1; i <= PARTITIONS; i++) {
      String limit = i == PARTITIONS ? "MAXVALUE" : "(" + (rows * i / PARTITIONS + 1) + ")";
      parts.add("PARTITION p" + (i - 1) + " VALUES LESS THAN " + limit);
    }
    return " PARTITION BY RANGE (id) (" + String.join(", ", parts) + ")";
  }

  /** What {@code --source} takes. */
  String source() {
    return Orders.SOURCE + "=" + server.sourceUrl(Orders.SOURCE, server.cdc());
  }

  /** For Spark: its MySQL dialect by MariaDB's driver, which RESULTS found fastest. */
  String sparkUrl() {
    return "jdbc:mysql://"
        + server.host()
        + ":"
        + server.port()
        + "/"
        + Orders.SOURCE
        + "?permitMysqlScheme=true&sslMode=disable&useServerPrepStmts=true&user="
        + server.snapshot().user()
        + "&password="
        + server.snapshot().password();
  }

  String bootstrapServers() {
    return services.kafka().bootstrapServers();
  }

  /** User and system time that the server has taken so far. */
  double serverCpuSeconds() {
    try {
      String stat = Files.readString(Path.of("/proc/" + server.pid() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    services.close();
  }
}
