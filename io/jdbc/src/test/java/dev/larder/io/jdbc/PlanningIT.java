package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** Tables of every kind of key, and of every trap, are cut into even ranges by a real server. */
public final class PlanningIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static final int ROWS = 40_000;
  private static final int RANGES = 8;
  private static final int ROWS_PER_RANGE = 5_100;
  private static final int PERCENT = 20;
  private static final String NOTE = "note CHAR(80) NOT NULL DEFAULT 'x'";

  @Before
  public void startEmpty() throws SQLException {
    MYSQL.startEmpty();
  }

  /** A table with a key, cut into eight ranges as large tables are: by estimates. */
  private static CutTable cut(String key, String values) throws SQLException {
    return filled(key, values)
        .cut(RangePlanner.withDefaults().withRowsPerRange(ROWS_PER_RANGE).withEstimatesOnly());
  }

  /** A table with a key, cut into eight ranges as small tables are: by walking along it. */
  private static CutTable walked(String key, String values) throws SQLException {
    return filled(key, values).cut(ROWS_PER_RANGE);
  }

  private static CutTable filled(String key, String values) throws SQLException {
    return CutTable.filled(MYSQL, "t", key + ", " + NOTE, ROWS, values + ", 'x'");
  }

  private static void isWellCut(CutTable table, String... later) throws SQLException {
    table.isEven(RANGES, PERCENT).isReadByIndex().insert(later).holdsEveryRowOnce();
    assertThat(table.plan().warning(), is(Optional.empty()));
  }

  @Test
  public void skewedAndGappedIntegers() throws SQLException {
    isWellCut(
        cut(
            "id BIGINT PRIMARY KEY",
            "CASE WHEN i <= 20000 THEN i WHEN i <= 36000 THEN 1000000000000 + i * 10 ELSE"
                + " 2000000000000000 + i * 1000003 END"),
        "-9223372036854775808, 'x'",
        "0, 'x'",
        "9223372036854775807, 'x'");
  }

  @Test
  public void integersUpToTheLargestUnsigned() throws SQLException {
    isWellCut(
        cut("id BIGINT UNSIGNED PRIMARY KEY", "18446744073709551614 - i * i * 1000000"),
        "0, 'x'",
        "18446744073709551615, 'x'");
  }

  @Test
  public void negativeIntegers() throws SQLException {
    isWellCut(cut("id INT PRIMARY KEY", "20000 - i * 7"), "-2147483648, 'x'", "2147483647, 'x'");
  }

  @Test
  public void decimals() throws SQLException {
    isWellCut(
        cut("id DECIMAL(20,3) PRIMARY KEY", "IF(i % 2, i / 1000, -i * i * i)"),
        "-99999999999999999.999, 'x'",
        "99999999999999999.999, 'x'");
  }

  @Test
  public void floatingNumbers() throws SQLException {
    isWellCut(cut("id DOUBLE PRIMARY KEY", "EXP(i / 100) / 3"), "-1e300, 'x'", "1e300, 'x'");
    startEmpty();
    isWellCut(cut("id FLOAT PRIMARY KEY", "i / 3"), "-1e30, 'x'", "1e30, 'x'");
  }

  @Test
  public void dates() throws SQLException {
    isWellCut(
        cut(
            "day DATE, id INT, PRIMARY KEY (day, id)",
            "CASE WHEN i < 12000 THEN '0000-00-00' WHEN i < 30000 THEN '2024-02-29' ELSE"
                + " '2020-01-01' + INTERVAL i DIV 10 DAY END, i"),
        "'0000-00-00', 0, 'x'",
        "'9999-12-31', 1, 'x'");
  }

  @Test
  public void dateTimes() throws SQLException {
    isWellCut(
        cut(
            "at DATETIME(6) PRIMARY KEY",
            "IF(i < 30000, '2024-03-31 02:30:00' + INTERVAL i MICROSECOND, '2024-04-01' + INTERVAL"
                + " i HOUR)"),
        "'0000-00-00', 'x'",
        "'9999-12-31 23:59:59.999999', 'x'");
  }

  @Test
  public void timestampsWhateverTheServersTimeZone() throws SQLException {
    MYSQL.run("SET GLOBAL time_zone = '+05:30'");
    try {
      isWellCut(
          cut(
              "at TIMESTAMP PRIMARY KEY",
              "TIMESTAMP '2024-03-31 01:00:00' + INTERVAL i * i DIV 64 SECOND + INTERVAL i SECOND"),
          "'1970-01-02', 'x'",
          "'2038-01-19', 'x'");
    } finally {
      MYSQL.run("SET GLOBAL time_zone = 'SYSTEM'");
    }
  }

  @Test
  public void times() throws SQLException {
    isWellCut(
        cut("at TIME(3) PRIMARY KEY", "SEC_TO_TIME((i - 20000) * 0.7)"),
        "'-838:59:59', 'x'",
        "'838:59:59', 'x'");
  }

  @Test
  public void textsWithoutRegardToCase() throws SQLException {
    isWellCut(
        cut(
            "mail VARCHAR(80) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY",
            "CONCAT(IF(i % 3, 'Shop.', 'info.'), CONV(i * 7919, 10, 36), '@example.com')"),
        "'', 'x'",
        "' ', 'x'",
        "'zzz', 'x'",
        "'_\\'', 'x'");
  }

  @Test
  public void textsThatHaveMostInCommon() throws SQLException {
    isWellCut(
        cut(
            "no VARCHAR(40) CHARACTER SET ascii PRIMARY KEY",
            "CONCAT('ORDER-2024-', LPAD(IF(i < 30000, i, i * 100), 10, '0'))"),
        "'A', 'x'",
        "'~', 'x'");
  }

  @Test
  public void textsOfForeignLettersAndCharacterSets() throws SQLException {
    isWellCut(
        cut(
            "name VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_german1_ci PRIMARY KEY",
            "CONCAT(ELT(1 + i % 5, 'Ä', 'ö', 'Zürich ', 'ß', 'é'), MD5(i))"),
        "'\\0', 'x'",
        "'ÿ', 'x'");
    startEmpty();
    isWellCut(
        walked(
            "name VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PRIMARY KEY",
            "CONCAT(ELT(1 + i % 4, 'Додо ', 'Пицца ', 'ёж ', 'Яна '), CHAR(0x430 + i % 32 USING"
                + " utf16), i)"),
        "'😀', 'x'",
        "'a', 'x'");
    startEmpty();
    isWellCut(
        cut("name VARCHAR(40) CHARACTER SET utf16 PRIMARY KEY", "CONCAT('É\\'', MD5(i))"),
        "'', 'x'",
        "'字', 'x'");
  }

  @Test
  public void textsByTheirBytes() throws SQLException {
    isWellCut(cut("id CHAR(36) COLLATE utf8mb4_bin PRIMARY KEY", "UUID()"), "'', 'x'", "'g', 'x'");
  }

  @Test
  public void bytes() throws SQLException {
    isWellCut(
        cut("id BINARY(16) PRIMARY KEY", "UNHEX(MD5(i))"),
        "X'', 'x'",
        "X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', 'x'");
    startEmpty();
    isWellCut(
        walked("id VARBINARY(300) PRIMARY KEY", "CONCAT(REPEAT(X'00', i % 200), UNHEX(MD5(i)))"),
        "X'', 'x'",
        "X'FFFF', 'x'");
  }

  @Test
  public void bits() throws SQLException {
    isWellCut(
        cut("mask BIT(5), id INT, PRIMARY KEY (mask, id)", "i % 30, i"), "0, 0, 'x'", "31, 1, 'x'");
  }

  @Test
  public void enumsOnlyBehindOtherColumns() throws SQLException {
    isWellCut(
        cut(
            "day DATE, kind ENUM('z','b'), id INT, PRIMARY KEY (day, kind, id)",
            "'2020-01-01' + INTERVAL i DIV 50 DAY, ELT(1 + i % 2, 'z', 'b'), i"),
        "'0000-00-00', 'b', 1, 'x'",
        "'9999-12-31', '', 1, 'x'");
    startEmpty();
    CutTable first =
        CutTable.filled(
                MYSQL, "t", "kind ENUM('z','b'), id INT, PRIMARY KEY (kind, id)", 100, "'b', i")
            .cut(10);
    assertThat(first.ranges(), hasSize(1));
    first.holdsEveryRowOnce();
  }

  @Test
  public void severalColumnsOfWhichTheFirstIsSkewed() throws SQLException {
    isWellCut(
        cut(
            "tenant INT, region CHAR(2), id BIGINT, PRIMARY KEY (tenant, region, id)",
            "IF(i < 32000, 7, i % 20), ELT(1 + (i % 10 > 0) + (i % 40 > 1), 'DE', 'KZ', 'RU'), i"),
        "-1, '', 0, 'x'",
        "7, 'KZ', 99999999, 'x'",
        "99, 'ZZ', 0, 'x'");
  }

  @Test
  public void descendingKeys() throws SQLException {
    isWellCut(
        cut("a INT, b INT, PRIMARY KEY (a DESC, b DESC)", "i % 3, i"), "-1, 1, 'x'", "9, 1, 'x'");
    startEmpty();
    CutTable mixed = cut("a INT, b INT, PRIMARY KEY (a, b DESC)", "i % 100, i");
    isWellCut(mixed, "-1, 1, 'x'", "999, 1, 'x'");
    assertThat(mixed.ranges().get(0).resumable(), is(false));
  }

  @Test
  public void theUniqueKeyWhereThereIsNoPrimaryKey() throws SQLException {
    isWellCut(
        cut("a INT, b INT NOT NULL, c INT NOT NULL, UNIQUE (a), UNIQUE (b, c)", "i, i % 50, i"),
        "NULL, -1, 1, 'x'",
        "NULL, 99, 1, 'x'");
  }

  @Test
  public void uniqueKeysWithNulls() throws SQLException {
    CutTable table =
        cut(
            "a INT, b VARCHAR(9), UNIQUE k (a, b)",
            "IF(i % 5 = 0, NULL, i DIV 100), IF(i % 7 = 0, NULL, CONCAT('b', i))");

    table.isReadByIndex().holdsEveryRowOnce();
    table.insert("NULL, NULL, 'x'", "-5, NULL, 'x'", "1000, NULL, 'x'", "1000, 'zz', 'x'");
    table.holdsEveryRowOnce();
    assertThat(
        table.plan().warning().orElseThrow(),
        is(
            "Table pos.t has no key without NULLs: its ranges are cut along the unique key k, by"
                + " which rows are looked up one by one, and rows that are equal in every column"
                + " cannot be told apart. Give it a key: ALTER TABLE `t` ADD COLUMN larder_id"
                + " BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY;"));
    assertThat(table.ranges().get(0).resumable(), is(false));
    // Rows without a first value are cut by the second one.
    table.isEven(RANGES, PERCENT);
  }

  @Test
  public void textsInPagesThatAreFilledUnevenly() throws SQLException {
    isWellCut(
        cut(
            "name VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PRIMARY KEY",
            "CONCAT(ELT(1 + i % 4, 'Додо ', 'Пицца ', 'ёж ', 'Яна '), CHAR(0x430 + i % 32 USING"
                + " utf16), i)"),
        "'😀', 'x'",
        "'a', 'x'");
  }

  @Test
  public void emptyTablesAndTablesOfOneRow() throws SQLException {
    CutTable none = CutTable.filled(MYSQL, "none", "id INT PRIMARY KEY", 0, "").cut(1);
    CutTable one = CutTable.filled(MYSQL, "one", "id INT PRIMARY KEY", 1, "i").cut(1);

    assertThat(none.ranges(), hasSize(1));
    assertThat(one.ranges(), hasSize(1));
    none.insert("-1", "5").holdsEveryRowOnce();
    one.insert("-1", "5").holdsEveryRowOnce();
  }

  @Test
  public void keysOfWhichOnlyTheBeginningIsIndexed() throws SQLException {
    CutTable table =
        CutTable.filled(
                MYSQL, "t", "note TEXT NOT NULL, PRIMARY KEY (note(20))", 100, "CONCAT('n', i)")
            .cut(10);

    assertThat(table.ranges(), hasSize(1));
    table.holdsEveryRowOnce();
    assertThat(
        table.plan().warning().orElseThrow(),
        is(
            "Table pos.t: it is read whole by one connection, because it has no unique index that"
                + " begins with a whole column of a type by which rows can be ordered."));
  }
}
