package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * A source of thousands of tables is planned with a few questions. How many tables: system property
 * {@code larder.tables}, 200 where it is absent.
 */
public final class ManyTablesIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static final int TABLES = Integer.getInteger("larder.tables", 200);
  private static final int QUESTIONS = 8;

  @Test
  public void asksAFewQuestionsForAnyNumberOfTables() throws SQLException {
    MYSQL.startEmpty();
    MYSQL.run(
        IntStream.range(0, TABLES)
            .mapToObj(
                i -> "CREATE TABLE t" + i + " (id INT PRIMARY KEY, code VARCHAR(9) UNIQUE, a INT)")
            .toArray(String[]::new));
    MYSQL.run(
        IntStream.range(0, TABLES)
            .mapToObj(i -> "INSERT INTO t" + i + " VALUES (1, 'a', 1), (2, 'b', 2)")
            .toArray(String[]::new));
    Source source = MYSQL.source();
    List<TablePlan> plans = new ArrayList<>();
    long asked;
    try (Connection connection = Connections.open(source)) {
      long before = questions(connection);
      long start = System.nanoTime();
      Catalogue catalogue = Catalogue.read(source, connection);
      catalogue
          .tables()
          .values()
          .forEach(
              table ->
                  plans.add(
                      RangePlanner.withDefaults().plan(catalogue, connection, table, CutTable.P0)));
      System.out.printf(
          "%,d tables planned in %,d ms%n", TABLES, (System.nanoTime() - start) / 1_000_000);
      asked = questions(connection) - before;
    }

    assertThat(plans, hasSize(TABLES));
    assertThat(plans.stream().mapToInt(plan -> plan.ranges().size()).sum(), is(TABLES));
    assertThat(asked, lessThanOrEqualTo((long) QUESTIONS));
  }

  private static long questions(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
      rows.next();
      return rows.getLong(2);
    }
  }
}
