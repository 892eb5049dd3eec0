package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.changes.TableSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** What was read of a range and what is read behind any of its rows is the range, for every key. */
public final class ResumedRangesIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  @Before
  public void startEmpty() throws SQLException {
    MYSQL.startEmpty();
  }

  private static List<Object[]> rows(TableRange range) throws SQLException {
    List<Object[]> read = new ArrayList<>();
    try (Connection connection = Connections.open(MYSQL.source());
        var statement = connection.prepareStatement(range.sql());
        ResultSet rows = statement.executeQuery()) {
      RowReader reader = RowReader.of(range.table(), rows.getMetaData());
      while (rows.next()) {
        read.add(reader.row(rows));
      }
    }
    return read;
  }

  private static List<String> texts(List<Object[]> rows) {
    return rows.stream().map(Arrays::deepToString).toList();
  }

  private static void goesOnBehindEveryRow(String key, String values) throws SQLException {
    MYSQL.startEmpty();
    CutTable table = CutTable.filled(MYSQL, "t", key, 60, values).cut(20);
    List<String> whole = new ArrayList<>();
    for (TableRange range : table.ranges()) {
      List<Object[]> rows = rows(range);
      List<String> expected = texts(rows);
      for (int i = 0; i < rows.size(); i++) {
        TableRange rest = range.behind(rows.get(i)).orElseThrow();
        assertThat(rest.toString(), texts(rows(rest)), is(expected.subList(i + 1, rows.size())));
      }
      whole.addAll(expected);
    }
    assertThat(whole, hasSize(60));
  }

  @Test
  public void numbers() throws SQLException {
    goesOnBehindEveryRow("id BIGINT UNSIGNED PRIMARY KEY", "18446744073709551555 + i");
    goesOnBehindEveryRow("id DECIMAL(30,4) PRIMARY KEY", "(i - 30) * 1234567890123.4567");
    goesOnBehindEveryRow("id YEAR PRIMARY KEY", "1950 + i");
  }

  @Test
  public void times() throws SQLException {
    goesOnBehindEveryRow("id DATE PRIMARY KEY", "DATE '2023-12-31' + INTERVAL i DAY");
    goesOnBehindEveryRow(
        "id DATETIME(3) PRIMARY KEY",
        "TIMESTAMP '2024-03-31 01:59:59.5' + INTERVAL i * 100000 MICROSECOND");
    goesOnBehindEveryRow(
        "id TIMESTAMP(6) PRIMARY KEY",
        "TIMESTAMP '2024-10-27 00:30:00.000001' + INTERVAL i * 60000001 MICROSECOND");
    goesOnBehindEveryRow("id TIME(6) PRIMARY KEY", "SEC_TO_TIME((i - 30) * 100000.000001)");
  }

  @Test
  public void textsAndBytes() throws SQLException {
    goesOnBehindEveryRow(
        "id VARCHAR(40) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY",
        "CONCAT(ELT(1 + i % 4, 'Ä', 'o''', '字', '😀\\\\'), i)");
    goesOnBehindEveryRow(
        "id CHAR(40) CHARACTER SET latin1 COLLATE latin1_german2_ci PRIMARY KEY",
        "CONCAT(ELT(1 + i % 4, 'ä', 'ß', 'é', 'z'), i)");
    goesOnBehindEveryRow(
        "id VARCHAR(40) CHARACTER SET utf16 COLLATE utf16_unicode_ci PRIMARY KEY",
        "CONCAT('É', i)");
    goesOnBehindEveryRow("id BINARY(16) PRIMARY KEY", "UNHEX(MD5(i))");
  }

  @Test
  public void severalColumns() throws SQLException {
    goesOnBehindEveryRow(
        "a VARCHAR(9) COLLATE utf8mb4_general_ci, b DATE, c INT, PRIMARY KEY (a, b, c)",
        "ELT(1 + i % 3, 'x', 'É', 'zz'), DATE '2024-01-01' + INTERVAL i % 2 DAY, i");
    goesOnBehindEveryRow("a INT, b INT, PRIMARY KEY (a DESC, b DESC)", "i % 3, i");
  }

  @Test
  public void goesOnWithinAPartitionAndAFilter() throws SQLException {
    CutTable table =
        CutTable.filled(
            MYSQL,
            "t",
            "(id INT PRIMARY KEY, a INT) PARTITION BY HASH (id) PARTITIONS 2",
            100,
            "i, i % 2");
    table.cut(50);
    TableRange range = table.ranges().get(0);
    TableRange filtered =
        new TableRange(
            range.table(),
            range.range(),
            range.partitions(),
            "a = 0 OR a = 5",
            1,
            range.sequence(),
            range.committedAt());
    List<Object[]> rows = rows(filtered);

    assertThat(rows, hasSize(50));
    assertThat(
        texts(rows(filtered.behind(rows.get(9)).orElseThrow())), is(texts(rows).subList(10, 50)));
  }

  @Test
  public void doesNotGoOnBehindADateWithZeros() throws SQLException {
    CutTable table =
        CutTable.filled(MYSQL, "t", "id DATE PRIMARY KEY", 1, "DATE '2024-01-01'")
            .insert("'0000-00-00'")
            .cut(20);
    TableRange range = table.ranges().get(0);

    assertThat(range.behind(rows(range).get(0)), is(Optional.empty()));
    assertThat(range.behind(rows(range).get(1)).isPresent(), is(true));
  }

  @Test
  public void goesOnAlongTheUniqueKeyByWhichRowsAreStored() throws SQLException {
    CutTable table =
        CutTable.filled(MYSQL, "t", "id INT, a INT NOT NULL, UNIQUE (a)", 9, "i, i").cut(20);
    TableSchema whole = table.plan().table();
    TableRange range = table.ranges().get(0);

    assertThat(whole.key(), is(List.of("a")));
    assertThat(range.sql(), startsWith("SELECT `id`, `a` FROM `t` ORDER BY `a`"));
    assertThat(range.resumable(), is(true));
  }
}
