package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * Every type of MySQL, read from a real server by either driver, in a zone where an hour of spring
 * is missing.
 */
@RunWith(Parameterized.class)
public final class EveryTypeIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static Source.Driver driver;

  @Parameters(name = "{0}")
  public static Source.Driver[] drivers() {
    return Source.Driver.values();
  }

  public EveryTypeIT(Source.Driver driver) {
    EveryTypeIT.driver = driver;
  }

  private final TimeZone zone = TimeZone.getDefault();

  @Before
  public void liveInBerlin() {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
  }

  @After
  public void goHome() {
    TimeZone.setDefault(zone);
  }

  /** The canonical texts of a column of this type that holds these values, in their order. */
  private static List<String> read(String type, String... literals) throws SQLException {
    return values(type, literals).stream().map(EveryTypeIT::text).toList();
  }

  private record Typed(ColumnType type, Object value) {}

  private static String text(Typed typed) {
    return typed.value == null ? "null" : typed.type + " " + Values.text(typed.type, typed.value);
  }

  private static List<Typed> values(String type, String... literals) throws SQLException {
    MYSQL.run(
        "DROP TABLE IF EXISTS typed",
        "CREATE TABLE typed (id INT PRIMARY KEY AUTO_INCREMENT, value " + type + ")",
        "INSERT INTO typed (value) VALUES (" + String.join("), (", literals) + ")");
    Source source = MYSQL.source(driver);
    List<Typed> values = new ArrayList<>();
    try (Connection connection = Connections.open(source)) {
      TableSchema table = Catalogue.read(source, connection, List.of("typed")).table("typed");
      try (PreparedStatement statement =
              connection.prepareStatement("SELECT id, value FROM typed ORDER BY id");
          ResultSet rows = statement.executeQuery()) {
        RowReader reader = RowReader.of(table, rows.getMetaData());
        while (rows.next()) {
          values.add(new Typed(table.columns().column(1).type(), reader.row(rows)[1]));
        }
      }
    }
    return values;
  }

  @Test
  public void readsIntegers() throws SQLException {
    assertThat(read("TINYINT", "-128", "127", "NULL"), contains("int -128", "int 127", "null"));
    assertThat(read("TINYINT(1) NOT NULL", "0", "1", "2"), contains("int 0", "int 1", "int 2"));
    assertThat(read("TINYINT UNSIGNED ZEROFILL", "0", "255"), contains("int 0", "int 255"));
    assertThat(read("SMALLINT", "-32768", "32767"), contains("int -32768", "int 32767"));
    assertThat(read("SMALLINT UNSIGNED", "65535"), contains("int 65535"));
    assertThat(read("MEDIUMINT", "-8388608", "8388607"), contains("int -8388608", "int 8388607"));
    assertThat(read("MEDIUMINT UNSIGNED", "16777215"), contains("int 16777215"));
    assertThat(
        read("INT", "-2147483648", "2147483647", "NULL"),
        contains("int -2147483648", "int 2147483647", "null"));
    assertThat(read("INT UNSIGNED", "4294967295"), contains("int 4294967295"));
    assertThat(
        read("BIGINT", "-9223372036854775808", "9223372036854775807"),
        contains("int -9223372036854775808", "int 9223372036854775807"));
    assertThat(
        read("YEAR", "1901", "2155", "0", "NULL"),
        contains("int 1901", "int 2155", "int 0", "null"));
  }

  @Test
  public void readsUnsignedBigintsBeyondALong() throws SQLException {
    assertThat(
        read("BIGINT UNSIGNED", "1", "NULL", "9223372036854775808", "18446744073709551615", "NULL"),
        contains(
            "decimal(20,0) 1",
            "null",
            "decimal(20,0) 9223372036854775808",
            "decimal(20,0) 18446744073709551615",
            "null"));
  }

  @Test
  public void readsDecimalsAtTheirScale() throws SQLException {
    assertThat(
        read("DECIMAL(10,2)", "1", "-0.5", "99999999.99", "0", "NULL"),
        contains(
            "decimal(10,2) 1.00",
            "decimal(10,2) -0.50",
            "decimal(10,2) 99999999.99",
            "decimal(10,2) 0.00",
            "null"));
    assertThat(read("DECIMAL(10,2) ZEROFILL", "1.5"), contains("decimal(10,2) 1.50"));
    assertThat(
        read("DECIMAL(38,30)", "-12345678.123456789012345678901234567891"),
        contains("decimal(38,30) -12345678.123456789012345678901234567891"));
    assertThat(read("DECIMAL(5,0)", "-99999"), contains("decimal(5,0) -99999"));
  }

  @Test
  public void readsDecimalsTooWideForTheLakeAsText() throws SQLException {
    assertThat(
        read(
            "DECIMAL(65,30)",
            "-12345678901234567890123456789012345.000000000000000000000000000001",
            "0",
            "NULL"),
        contains(
            "string -12345678901234567890123456789012345.000000000000000000000000000001",
            "string 0.000000000000000000000000000000",
            "null"));
    assertThat(read("DECIMAL(40,2) ZEROFILL", "1.5"), contains("string 1.50"));
  }

  @Test
  public void readsFloatsBitByBit() throws SQLException {
    assertThat(
        read("FLOAT", "1/3", "0.1", "-3.4028235e38", "16777216", "NULL"),
        contains(
            "float 0.33333334", "float 0.1", "float -3.4028235E38", "float 1.6777216E7", "null"));
    assertThat(read("FLOAT(7,3)", "1.0006"), contains("float 1.001"));
    assertThat(
        read("DOUBLE", "1e0/3", "1.7976931348623157e308", "-2.5e-10", "NULL"),
        contains(
            "double 0.3333333333333333",
            "double 1.7976931348623157E308",
            "double -2.5E-10",
            "null"));
  }

  @Test
  public void readsBitsAsBooleanOrBigEndianBytes() throws SQLException {
    assertThat(
        read("BIT(1)", "b'0'", "b'1'", "NULL"), contains("boolean false", "boolean true", "null"));
    assertThat(read("BIT(8)", "b'101'", "NULL"), contains("binary 05", "null"));
    assertThat(read("BIT(10)", "b'1000000001'"), contains("binary 0201"));
    assertThat(
        read("BIT(64)", "1", "18446744073709551615"),
        contains("binary 0000000000000001", "binary ffffffffffffffff"));
  }

  @Test
  public void readsDates() throws SQLException {
    assertThat(
        read("DATE", "'1000-01-01'", "'1582-10-10'", "'2024-02-29'", "'9999-12-31'", "NULL"),
        contains(
            "date 1000-01-01", "date 1582-10-10", "date 2024-02-29", "date 9999-12-31", "null"));
  }

  @Test
  public void readsClockTimesAsTheyAreStoredWhateverTheZoneOfThisProcess() throws SQLException {
    assertThat(
        read(
            "DATETIME(6)",
            "'2024-03-31 02:30:00'",
            "'1582-10-10 23:59:59.999999'",
            "'1000-01-01 00:00:00'",
            "'1969-12-31 23:59:59.5'",
            "'9999-12-31 23:59:59.999999'",
            "NULL"),
        contains(
            "datetime 2024-03-31T02:30:00.000000",
            "datetime 1582-10-10T23:59:59.999999",
            "datetime 1000-01-01T00:00:00.000000",
            "datetime 1969-12-31T23:59:59.500000",
            "datetime 9999-12-31T23:59:59.999999",
            "null"));
    assertThat(
        read("DATETIME", "'2024-03-31 02:30:00'"), contains("datetime 2024-03-31T02:30:00.000000"));
    assertThat(
        read("DATETIME(3)", "'2024-03-31 02:30:00.123'"),
        contains("datetime 2024-03-31T02:30:00.123000"));
  }

  @Test
  public void readsTimestampsInUtc() throws SQLException {
    assertThat(
        read(
            "TIMESTAMP(6) NULL",
            "'2024-03-31 02:30:00.000001+00:00'",
            "'2024-10-27 02:30:00+02:00'",
            "'1970-01-01 00:00:01+00:00'",
            "'2038-01-19 03:14:07+00:00'",
            "NULL"),
        contains(
            "timestamp 2024-03-31T02:30:00.000001Z",
            "timestamp 2024-10-27T00:30:00.000000Z",
            "timestamp 1970-01-01T00:00:01.000000Z",
            "timestamp 2038-01-19T03:14:07.000000Z",
            "null"));
  }

  @Test
  public void readsTimesBeyondADay() throws SQLException {
    assertThat(
        read("TIME(6)", "'00:00:00'", "'838:59:59'", "'25:00:00.5'", "NULL"),
        contains("time 00:00:00.000000", "time 838:59:59.000000", "time 25:00:00.500000", "null"));
  }

  @Test
  public void readsTimesBelowZeroOrRefusesThem() throws SQLException {
    if (driver == Source.Driver.CONNECTORJ) {
      SourceException e =
          assertThrows(SourceException.class, () -> read("TIME(6)", "'-838:59:59'"));
      assertThat(
          e.getMessage(),
          is(
              "Column value holds a negative TIME, which Connector/J reads wrongly. Leave"
                  + " driver=connectorj out."));
      return;
    }
    assertThat(
        read("TIME(6)", "'-838:59:59'", "'-00:00:00.000001'"),
        contains("time -838:59:59.000000", "time -00:00:00.000001"));
  }

  @Test
  public void readsZeroDatesAsAbsentWhereTheColumnAllowsIt() throws SQLException {
    assertThat(
        read("DATE", "'0000-00-00'", "'2020-00-10'", "'2020-10-00'", "'2020-10-01'"),
        contains("null", "null", "null", "date 2020-10-01"));
    assertThat(
        read("DATETIME(6)", "'0000-00-00'", "'2020-00-10 10:00:00.5'", "'2020-10-01'"),
        contains("null", "null", "datetime 2020-10-01T00:00:00.000000"));
    assertThat(read("TIMESTAMP NULL", "'0000-00-00'"), contains("null"));
  }

  @Test
  public void readsZeroDatesAsTheEpochWhereTheColumnIsNotNull() throws SQLException {
    assertThat(
        read("DATE NOT NULL", "'0000-00-00'", "'2020-00-10'"),
        contains("date 1970-01-01", "date 1970-01-01"));
    assertThat(
        read("DATETIME(3) NOT NULL", "'0000-00-00'", "'2020-10-00 01:00:00'"),
        contains("datetime 1970-01-01T00:00:00.000000", "datetime 1970-01-01T00:00:00.000000"));
    assertThat(
        read("TIMESTAMP NOT NULL", "'0000-00-00'"),
        contains("timestamp 1970-01-01T00:00:00.000000Z"));
  }

  @Test
  public void refusesADateThatIsNone() throws SQLException {
    MYSQL.run(
        "DROP TABLE IF EXISTS typed",
        "CREATE TABLE typed (id INT PRIMARY KEY AUTO_INCREMENT, value DATE)",
        "SET sql_mode = 'ALLOW_INVALID_DATES'",
        "INSERT INTO typed (value) VALUES ('2020-02-31')");
    Source source = MYSQL.source(driver);
    try (Connection connection = Connections.open(source)) {
      TableSchema table = Catalogue.read(source, connection).table("typed");
      try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM typed");
          ResultSet rows = statement.executeQuery()) {
        RowReader reader = RowReader.of(table, rows.getMetaData());
        rows.next();

        SourceException e = assertThrows(SourceException.class, () -> reader.row(rows));

        assertThat(
            e.getMessage(),
            is(
                "Table pos.typed: column value holds a value that is no date (DateTimeException)."
                    + " Look for values that the column's type does not allow, such as 2020-02-31,"
                    + " and correct them."));
      }
    }
  }

  @Test
  public void readsTexts() throws SQLException {
    assertThat(
        read("CHAR(5)", "'a '", "''", "'zürich'", "NULL"),
        contains("string a", "string ", "string züric", "null"));
    assertThat(
        read("VARCHAR(40) CHARACTER SET latin1", "' é '", "'€'"),
        contains("string  é ", "string €"));
    assertThat(read("VARCHAR(40) CHARACTER SET utf8mb4", "'🍕 ''\\\\'"), contains("string 🍕 '\\"));
    for (String type : List.of("TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT")) {
      assertThat(read(type, "'x\\ny'", "NULL"), contains("string x\ny", "null"));
    }
    assertThat(read("VARCHAR(16) CHARACTER SET utf16", "'pizza'"), contains("string pizza"));
    assertThat(
        read("ENUM('S','M','L')", "'M'", "2", "'none'", "NULL"),
        contains("string M", "string M", "string ", "null"));
    assertThat(
        read("SET('a','b','c')", "'c,a'", "''", "NULL"), contains("string a,c", "string ", "null"));
  }

  @Test
  public void readsBytes() throws SQLException {
    assertThat(
        read("BINARY(4)", "x'01'", "x'0102030a'", "NULL"),
        contains("binary 01000000", "binary 0102030a", "null"));
    assertThat(read("VARBINARY(4)", "x'0100'", "''"), contains("binary 0100", "binary "));
    for (String type : List.of("TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB")) {
      assertThat(read(type, "x'00ff'", "NULL"), contains("binary 00ff", "null"));
    }
    assertThat(read("CHAR(2) CHARACTER SET binary", "'a'"), contains("binary 6100"));
  }

  @Test
  public void readsJsonCanonically() throws SQLException {
    assertThat(
        read("JSON", "'{\"bb\": [1, 2.50, \"x y\"], \"a\": null}'", "'\"t\"'", "'null'", "NULL"),
        contains("json {\"a\":null,\"bb\":[1,2.5,\"x y\"]}", "json \"t\"", "json null", "null"));
  }

  @Test
  public void readsGeometriesAsWellKnownBytes() throws SQLException {
    String point = "0101000000000000000000f03f0000000000000040";
    for (String type : List.of("GEOMETRY", "POINT")) {
      assertThat(
          read(type, "ST_GeomFromText('POINT(1 2)')", "NULL"), contains("binary " + point, "null"));
    }
    assertThat(
        read("POINT SRID 4326", "ST_GeomFromText('POINT(2 1)', 4326)"),
        contains("binary " + point));
    assertThat(
        read("LINESTRING", "ST_GeomFromText('LINESTRING(1 2, 1 2)')"),
        contains("binary 010200000002000000" + point.substring(10) + point.substring(10)));
    assertThat(
        read("GEOMETRYCOLLECTION", "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))')"),
        contains("binary 010700000001000000" + point));
    assertThat(
        read("MULTIPOINT", "ST_GeomFromText('MULTIPOINT(1 2)')"),
        contains("binary 010400000001000000" + point));
  }
}
