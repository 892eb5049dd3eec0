package dev.larder.runners.direct;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one table of types: every column type of MySQL 8.0, with its extremes. What is to hold for
 * all types is generated from it.
 *
 * <p>Not in it: temporal and binary values inside of JSON, which only SQL functions make ({@code
 * JSON_OBJECT('t', CAST('-10:00:00' AS TIME))}). Debezium 3.5 writes them otherwise than MySQL
 * prints them, and loses the sign of such a TIME.
 *
 * @param column a name
 * @param declared as CREATE TABLE has it
 * @param literals values as INSERT has them; NULL is added where the column may be so
 */
record EveryType(String column, String declared, List<String> literals) {
  private static final String LONG_TEXT = "REPEAT('größe 🍕 ', 1000)";

  static final List<EveryType> ALL =
      List.of(
          of("c_tinyint", "TINYINT", "-128", "127", "0"),
          of("c_tinyint1", "TINYINT(1)", "0", "1", "-128", "127"),
          of("c_bool", "BOOL", "TRUE", "FALSE"),
          of("c_utinyint", "TINYINT UNSIGNED", "0", "255"),
          of("c_smallint", "SMALLINT", "-32768", "32767"),
          of("c_usmallint", "SMALLINT UNSIGNED", "0", "65535"),
          of("c_mediumint", "MEDIUMINT", "-8388608", "8388607"),
          of("c_umediumint", "MEDIUMINT UNSIGNED", "0", "16777215"),
          of("c_int", "INT", "-2147483648", "2147483647"),
          of("c_uint", "INT UNSIGNED", "0", "4294967295"),
          of("c_zerofill", "INT(8) UNSIGNED ZEROFILL", "0", "42"),
          of("c_bigint", "BIGINT", "-9223372036854775808", "9223372036854775807"),
          of(
              "c_ubigint",
              "BIGINT UNSIGNED",
              "0",
              "9223372036854775807",
              "9223372036854775808",
              "18446744073709551615"),
          of(
              "c_decimal",
              "DECIMAL(18,4)",
              "-99999999999999.9999",
              "99999999999999.9999",
              "0",
              "1.5"),
          of("c_decimal0", "DECIMAL(20,0)", "-99999999999999999999", "99999999999999999999"),
          of(
              "c_decimal38",
              "DECIMAL(38,30)",
              "-12345678.123456789012345678901234567891",
              "0.000000000000000000000000000001"),
          of(
              "c_decimal65",
              "DECIMAL(65,30)",
              "-12345678901234567890123456789012345.123456789012345678901234567891",
              "0",
              "0.000000000000000000000000000001"),
          of("c_udecimal", "DECIMAL(10,2) UNSIGNED", "0", "99999999.99"),
          of("c_numeric", "NUMERIC(5,5)", "-0.99999", "0.00001"),
          of(
              "c_float",
              "FLOAT",
              "0.333333333",
              "-3.4028235e38",
              "1.17549435e-38",
              "16777216",
              "0.1"),
          of("c_float73", "FLOAT(7,3)", "1.0006", "-9999.999"),
          of("c_float30", "FLOAT(30)", "0.1", "123456789.123456789"),
          of(
              "c_double",
              "DOUBLE",
              "0.333333333333333333",
              "-1.7976931348623157e308",
              "2.2250738585072014e-308",
              "123456789012345678",
              "0.1"),
          of("c_double104", "DOUBLE(10,4)", "1.00005", "-999999.9999"),
          of("c_bit1", "BIT(1)", "b'0'", "b'1'"),
          of("c_bit8", "BIT(8)", "b'0'", "b'10000001'"),
          of("c_bit12", "BIT(12)", "b'1'", "b'100000000001'"),
          of("c_bit64", "BIT(64)", "0", "1", "18446744073709551615"),
          of("c_char", "CHAR(10)", "''", "'a  '", "'größe'", "' x'"),
          of("c_charbin", "CHAR(4) CHARACTER SET binary", "x'01'", "x'00ff00ff'"),
          of("c_varchar", "VARCHAR(200)", "''", "'a  '", "'größe 🍕 \\\\ \\' \\\" \\n \\0'"),
          of("c_latin1", "VARCHAR(20) CHARACTER SET latin1", "'é€'", "''"),
          of("c_utf16", "VARCHAR(20) CHARACTER SET utf16", "'größe 🍕'", "''"),
          of("c_nchar", "NCHAR(5)", "'größe'", "''"),
          of("c_tinytext", "TINYTEXT", "''", "'größe 🍕'"),
          of("c_text", "TEXT", "''", LONG_TEXT),
          of("c_mediumtext", "MEDIUMTEXT", "''", LONG_TEXT),
          of("c_longtext", "LONGTEXT", "''", LONG_TEXT),
          of("c_binary", "BINARY(8)", "x'00'", "x'0102030405060708'", "x'01'"),
          of("c_varbinary", "VARBINARY(32)", "x''", "x'00'", "x'00ff0000'"),
          of("c_tinyblob", "TINYBLOB", "x''", "x'00ff'"),
          of("c_blob", "BLOB", "x''", "REPEAT(x'00ff', 20000)"),
          of("c_mediumblob", "MEDIUMBLOB", "x''", "x'00ff'"),
          of("c_longblob", "LONGBLOB", "x''", "x'00ff'"),
          of(
              "c_json",
              "JSON",
              "'{\"bb\": [1, 2.5, null, \"xé🍕\"], \"a\": {\"n\": {}}, \"big\": 12345678901234567890}'",
              "'\"a/b \\\\u0001 \\\\\" \\\\\\\\ \\\\n\"'",
              "'[1e20, -1e-7, 1.7976931348623157e308, 5e-324, 0.1, 100.0, -0.0, 1e15, 12345678.9]'",
              "'null'",
              "'[]'",
              "JSON_ARRAY(CAST(12345678901234567890.123 AS DECIMAL(30,3)), CAST(1.50 AS"
                  + " DECIMAL(5,2)), 18446744073709551615, TRUE)"),
          of("c_enum", "ENUM('small','größe','l,x')", "'small'", "'größe'", "'l,x'"),
          of("c_set", "SET('a','b','c','größe')", "''", "'a'", "'c,a'", "'a,b,c,größe'"),
          of("c_date", "DATE", "'1000-01-01'", "'9999-12-31'", "'1582-10-10'", "'0000-00-00'"),
          of("c_datenn", "DATE NOT NULL", "'2024-02-29'", "'0000-00-00'"),
          of("c_time", "TIME", "'-838:59:59'", "'838:59:59'", "'00:00:00'", "'-00:00:01'"),
          of("c_time3", "TIME(3)", "'-838:59:58.999'", "'23:59:59.001'"),
          of(
              "c_time6",
              "TIME(6)",
              "'-838:59:58.999999'",
              "'838:59:58.999999'",
              "'-00:00:00.000001'"),
          of(
              "c_datetime",
              "DATETIME",
              "'1000-01-01 00:00:00'",
              "'9999-12-31 23:59:59'",
              "'2024-03-31 02:30:00'",
              "'0000-00-00 00:00:00'"),
          of(
              "c_datetime3",
              "DATETIME(3)",
              "'1969-12-31 23:59:59.999'",
              "'9999-12-31 23:59:59.999'"),
          of(
              "c_datetime6",
              "DATETIME(6)",
              "'1969-12-31 23:59:59.999999'",
              "'9999-12-31 23:59:59.999999'",
              "'1000-01-01 00:00:00.000001'"),
          of("c_datetimenn", "DATETIME(6) NOT NULL", "'2024-02-29'", "'0000-00-00'"),
          of(
              "c_timestamp",
              "TIMESTAMP NULL",
              "'1970-01-01 00:00:01'",
              "'2038-01-19 03:14:07'",
              "'2024-03-31 02:30:00'"),
          of("c_timestamp3", "TIMESTAMP(3) NULL", "'2001-09-09 01:46:40.001'"),
          of(
              "c_timestamp6",
              "TIMESTAMP(6) NULL",
              "'2001-09-09 01:46:40.000001'",
              "'2038-01-19 03:14:07.499999'",
              "'2024-03-31 02:30:00.790570'"),
          of("c_timestampnn", "TIMESTAMP NOT NULL", "'2024-02-29'", "'0000-00-00'"),
          of("c_year", "YEAR", "1901", "2155", "2024", "0"),
          of(
              "c_geometry",
              "GEOMETRY",
              "ST_GeomFromText('POINT(1 -2)')",
              "ST_GeomFromText('LINESTRING(0 0, 1 1)')"),
          of("c_point", "POINT", "ST_GeomFromText('POINT(1.5 -2.25)')"),
          of("c_point4326", "POINT SRID 4326", "ST_GeomFromText('POINT(48.2 16.37)', 4326)"),
          of("c_linestring", "LINESTRING", "ST_GeomFromText('LINESTRING(0 0, 1 1, 2 0)')"),
          of("c_polygon", "POLYGON", "ST_GeomFromText('POLYGON((0 0, 1 0, 1 1, 0 0))')"),
          of("c_multipoint", "MULTIPOINT", "ST_GeomFromText('MULTIPOINT(0 0, 1 1)')"),
          of(
              "c_multilinestring",
              "MULTILINESTRING",
              "ST_GeomFromText('MULTILINESTRING((0 0, 1 1), (2 2, 3 3))')"),
          of(
              "c_multipolygon",
              "MULTIPOLYGON",
              "ST_GeomFromText('MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))')"),
          of(
              "c_geometrycollection",
              "GEOMETRYCOLLECTION",
              "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1))')"));

  /** Computed columns: the server gives them, no INSERT does. */
  private static final String COMPUTED =
      "c_stored INT AS (c_smallint * 2) STORED, c_virtual VARCHAR(300) AS (CONCAT(c_varchar, '!'))"
          + " VIRTUAL, c_default VARCHAR(20) DEFAULT 'größe', c_now TIMESTAMP(6) NOT NULL DEFAULT"
          + " CURRENT_TIMESTAMP(6)";

  private static EveryType of(String column, String declared, String... literals) {
    return new EveryType(column, declared, List.of(literals));
  }

  /** Names of all columns but the key {@code id} and {@code touched}. */
  static List<String> columns() {
    List<String> names = new ArrayList<>(ALL.stream().map(EveryType::column).toList());
    names.addAll(List.of("c_stored", "c_virtual", "c_default", "c_now"));
    return names;
  }

  /** The table, its key and a column {@code touched} that may change without the others. */
  static String createTable(String table) {
    return "CREATE TABLE "
        + table
        + " (id BIGINT UNSIGNED PRIMARY KEY, touched INT NOT NULL DEFAULT 0, "
        + ALL.stream()
            .map(type -> type.column + " " + type.declared)
            .collect(Collectors.joining(", "))
        + ", "
        + COMPUTED
        + ") CHARACTER SET utf8mb4";
  }

  private boolean mayBeNull() {
    return !declared.contains("NOT NULL");
  }

  /** How many rows hold every literal of every column at least once, and NULL. */
  static int rows() {
    return ALL.stream().mapToInt(type -> type.literals.size()).max().orElseThrow() + 1;
  }

  /** One INSERT a row; in the last one all is NULL that may be. Zero dates must be allowed. */
  static List<String> inserts(String table) {
    List<String> inserts = new ArrayList<>();
    for (int row = 0; row < rows(); row++) {
      int number = row;
      boolean isLast = row == rows() - 1;
      String id = isLast ? "18446744073709551615" : Integer.toString(row + 1);
      inserts.add(
          "INSERT INTO "
              + table
              + " (id, "
              + ALL.stream().map(EveryType::column).collect(Collectors.joining(", "))
              + ") VALUES ("
              + id
              + ", "
              + ALL.stream()
                  .map(
                      type ->
                          isLast && type.mayBeNull()
                              ? "NULL"
                              : type.literals.get(number % type.literals.size()))
                  .collect(Collectors.joining(", "))
              + ")");
    }
    return inserts;
  }
}
