package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table on the server, cut into ranges, and what has to hold for them. */
final class CutTable {
  static final BinlogPosition P0 =
      new BinlogPosition("binlog.000003", 157, "", 1_700_000_000_000_000L);

  private final TestMySql mysql;
  private final String name;
  private final int rows;
  private TablePlan plan;

  private CutTable(TestMySql mysql, String name, int rows) {
    this.mysql = mysql;
    this.name = name;
    this.rows = rows;
  }

  /**
   * Creates and fills a table.
   *
   * @param definition of the columns, the key, and what follows the closing parenthesis if it
   *     begins with {@code (}
   * @param rows how many
   * @param values expressions of {@code i}, the row's number from 1
   */
  static CutTable filled(TestMySql mysql, String name, String definition, int rows, String values)
      throws SQLException {
    mysql.run(
        "SET cte_max_recursion_depth = " + (rows + 1),
        "CREATE TABLE "
            + name
            + " "
            + (definition.startsWith("(") ? definition : "(" + definition + ")"));
    CutTable table = new CutTable(mysql, name, rows);
    if (rows > 0) {
      mysql.run(
          "SET cte_max_recursion_depth = " + (rows + 1),
          "INSERT INTO "
              + name
              + " WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < "
              + rows
              + ") SELECT "
              + values
              + " FROM n");
    }
    mysql.run("ANALYZE TABLE " + name);
    return table;
  }

  CutTable cut(long rowsPerRange) throws SQLException {
    return cut(RangePlanner.withDefaults().withRowsPerRange(rowsPerRange));
  }

  CutTable cut(RangePlanner planner) throws SQLException {
    Source source = mysql.source();
    try (Connection connection = Connections.open(source)) {
      Catalogue catalogue = Catalogue.read(source, connection, List.of(name));
      plan = planner.plan(catalogue, connection, catalogue.table(name), P0);
    }
    // What a ledger keeps is what is read.
    assertThat(
        TablePlanJson.read(TablePlanJson.write(List.of(plan)), Map.of("pos", P0)),
        is(List.of(plan)));
    return this;
  }

  TablePlan plan() {
    return plan;
  }

  List<TableRange> ranges() {
    return plan.ranges();
  }

  /** Rows come later, such as at the edges. */
  CutTable insert(String... rows) throws SQLException {
    mysql.run("INSERT INTO " + name + " VALUES (" + String.join("), (", rows) + ")");
    return this;
  }

  /** How many rows each range has, read as a snapshot reads them. */
  List<Long> counts() throws SQLException {
    List<Long> counts = new ArrayList<>();
    for (TableRange range : plan.ranges()) {
      counts.add(
          Long.valueOf(query("SELECT COUNT(*) FROM (" + range.sql() + ") rows_read").get(0)));
    }
    return counts;
  }

  /** The ranges' rows are those of the table, each once. */
  CutTable holdsEveryRowOnce() throws SQLException {
    StringBuilder times = new StringBuilder("0");
    if (plan.ranges().stream().allMatch(range -> range.partitions().isEmpty())) {
      for (TableRange range : plan.ranges()) {
        times.append(
            range.range().isWhole() ? " + 1" : " + ((" + range.range().condition() + ") IS TRUE)");
      }
      assertThat(
          query("SELECT COUNT(*) FROM " + name + " WHERE " + times + " <> 1"), is(List.of("0")));
    }
    assertThat(
        counts().stream().mapToLong(Long::longValue).sum(),
        is(Long.valueOf(query("SELECT COUNT(*) FROM " + name).get(0))));
    return this;
  }

  /**
   * Every range has as many rows as the others, give or take some per cent of their mean.
   *
   * @param ranges how many there should be if the server's estimate of the table's rows were right;
   *     it comes from a sample of pages, and is a third off at times
   */
  CutTable isEven(int ranges, int percent) throws SQLException {
    List<Long> counts = counts();
    double mean = counts.stream().mapToLong(Long::longValue).average().orElseThrow();
    double most =
        counts.stream().mapToDouble(count -> Math.abs(count - mean) / mean).max().orElseThrow();
    double estimated = (double) ranges * plan.estimatedRows() / rows;
    assertThat(name + " " + counts, (double) counts.size(), closeTo(estimated, 0.3 * estimated));
    assertThat(name + " " + counts, 100 * most, lessThanOrEqualTo((double) percent));
    return this;
  }

  /** The server reads every range by its index, and no row besides, and sorts nothing. */
  CutTable isReadByIndex() throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (TableRange range : plan.ranges()) {
      List<String> step = explained(range);
      boolean isRange = List.of("range", "ref", "const").contains(step.get(0));
      if (!isRange || step.get(2).contains("filesort")) {
        wrong.add(step + " " + range.sql());
      }
    }
    assertThat(wrong, empty());
    return this;
  }

  private List<String> explained(TableRange range) throws SQLException {
    try (Connection connection = Connections.open(mysql.source());
        Statement statement = connection.createStatement();
        var steps = statement.executeQuery("EXPLAIN " + range.sql())) {
      steps.next();
      return List.of(
          String.valueOf(steps.getString("type")),
          String.valueOf(steps.getString("key")),
          String.valueOf(steps.getString("Extra")));
    }
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = Connections.open(mysql.source());
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
