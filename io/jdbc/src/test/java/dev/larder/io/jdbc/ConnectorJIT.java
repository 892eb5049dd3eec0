package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** MySQL's own driver in place of MariaDB's. Every type: {@link EveryTypeIT}. */
public final class ConnectorJIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static final int ROWS = 20_000;

  @Before
  public void fill() throws SQLException {
    MYSQL.startEmpty();
    MYSQL.run(
        "SET cte_max_recursion_depth = 100000",
        "CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(2000))",
        "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < "
            + ROWS
            + ") SELECT i, REPEAT('x', 2000) FROM n");
  }

  /** 40 MB fit into no buffer of the connection: as long as rows are left, the server sends. */
  @Test
  public void streamsRows() throws SQLException {
    Source source = MYSQL.source(Source.Driver.CONNECTORJ);
    RangeScan scan =
        new RangeScan(
            new RangeReads(Map.of("pos", source), 1, RetryPolicy.DEFAULT, BrakeLimits.NONE));
    scan.fetchSize(1_000);
    try (Connection connection = Connections.open(source)) {
      scan.bind(
          TableRange.of(
              Catalogue.read(source, connection).table("orders"),
              KeyRange.WHOLE,
              ROWS,
              new BinlogPosition("binlog.000001", 4, "", 0).sequence(),
              0));
    }
    scan.open();
    int rows = 0;
    while (scan.next()) {
      if (rows++ == 10) {
        assertThat(
            MYSQL.value(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT"
                    + " `id`%'"),
            is("1"));
      }
    }
    scan.close();

    assertThat(rows, is(ROWS));
  }
}
