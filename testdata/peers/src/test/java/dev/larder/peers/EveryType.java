package dev.larder.peers;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A table with a column of every type that Larder writes, and rows at the types' edges. */
final class EveryType {
  static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("id", ColumnType.INT),
          Column.nullable("flag", ColumnType.BOOLEAN),
          Column.nullable("small", ColumnType.decimal(9, 2)),
          Column.nullable("medium", ColumnType.decimal(18, 4)),
          Column.nullable("wide", ColumnType.decimal(38, 18)),
          Column.nullable("unsigned", ColumnType.decimal(20, 0)),
          Column.nullable("ratio", ColumnType.FLOAT),
          Column.nullable("rating", ColumnType.DOUBLE),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("doc", ColumnType.JSON),
          Column.nullable("hk", ColumnType.BINARY),
          Column.nullable("opened_on", ColumnType.DATE),
          Column.nullable("opens", ColumnType.TIME),
          Column.nullable("ordered_at", ColumnType.DATETIME),
          Column.nullable("updated_at", ColumnType.TIMESTAMP),
          Column.nullable(
              "after",
              ColumnType.struct(
                  RowSchema.of(
                      Column.nullable("id", ColumnType.INT),
                      Column.nullable("price", ColumnType.decimal(20, 2)),
                      Column.nullable(
                          "inner",
                          ColumnType.struct(
                              RowSchema.of(Column.nullable("at", ColumnType.TIMESTAMP))))))),
          Column.nullable("tiny", ColumnType.integer(8)),
          Column.nullable("short", ColumnType.integer(16)),
          Column.nullable("plain", ColumnType.integer(32)),
          Column.nullable("tags", ColumnType.array(ColumnType.STRING)),
          Column.nullable("prices", ColumnType.map(ColumnType.STRING, ColumnType.decimal(20, 2))));

  /** The same columns as Spark names their types. */
  static final Map<String, String> SPARK_TYPES =
      Map.ofEntries(
          Map.entry("id", "bigint"),
          Map.entry("flag", "boolean"),
          Map.entry("small", "decimal(9,2)"),
          Map.entry("medium", "decimal(18,4)"),
          Map.entry("wide", "decimal(38,18)"),
          Map.entry("unsigned", "decimal(20,0)"),
          Map.entry("ratio", "float"),
          Map.entry("rating", "double"),
          Map.entry("name", "string"),
          Map.entry("doc", "string"),
          Map.entry("hk", "binary"),
          Map.entry("opened_on", "date"),
          Map.entry("opens", "bigint"),
          Map.entry("ordered_at", "timestamp"),
          Map.entry("updated_at", "timestamp"),
          Map.entry("after", "struct<id:bigint,price:decimal(20,2),inner:struct<at:timestamp>>"),
          Map.entry("tiny", "tinyint"),
          Map.entry("short", "smallint"),
          Map.entry("plain", "int"),
          Map.entry("tags", "array<string>"),
          Map.entry("prices", "map<string,decimal(20,2)>"));

  private EveryType() {}

  static List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    rows.add(ordinary());
    rows.add(highest());
    rows.add(lowest());
    rows.add(oddNumbers());
    rows.add(absent(5));
    Object[] emptyStruct = absent(6);
    emptyStruct[SCHEMA.position("after")] = new Object[] {null, null, new Object[] {null}};
    rows.add(emptyStruct);
    return rows;
  }

  private static Object[] ordinary() {
    return new Object[] {
      1L,
      true,
      new BigDecimal("-1234567.89"),
      new BigDecimal("12345678901234.5678"),
      new BigDecimal("-12345678901234567890.012345678901234567"),
      new BigDecimal("18446744073709551615"),
      0.1f,
      Math.PI,
      "Zürich \uD83C\uDF55 \"quoted\" \\ and\nmore than thirty-two characters long",
      "{\"a\":[1,2.5]}",
      new byte[] {0, 1, (byte) 0xFF},
      day("2024-02-29"),
      -90_061_000_001L,
      micros("2024-03-31T02:30:00.123456Z"),
      micros("1969-12-31T23:59:59.999999Z"),
      new Object[] {
        7L, new BigDecimal("0.01"), new Object[] {micros("2024-03-31T00:00:00.000001Z")}
      },
      -1L,
      -1L,
      -1L,
      new Object[] {"hot", null, ""},
      new Object[] {new Object[] {"small", new BigDecimal("7.50")}}
    };
  }

  private static Object[] highest() {
    return new Object[] {
      Long.MAX_VALUE,
      true,
      new BigDecimal("9999999.99"),
      new BigDecimal("99999999999999.9999"),
      new BigDecimal("99999999999999999999.999999999999999999"),
      new BigDecimal("99999999999999999999"),
      Float.POSITIVE_INFINITY,
      Double.MAX_VALUE,
      "\uDBFF\uDFFF".repeat(40),
      "{}",
      new byte[] {(byte) 0xFF},
      day("9999-12-31"),
      Long.MAX_VALUE,
      micros("9999-12-31T23:59:59.999999Z"),
      micros("9999-12-31T23:59:59.999999Z"),
      new Object[] {Long.MAX_VALUE, new BigDecimal("999999999999999999.99"), null},
      (long) Byte.MAX_VALUE,
      (long) Short.MAX_VALUE,
      (long) Integer.MAX_VALUE,
      new Object[] {},
      new Object[] {}
    };
  }

  private static Object[] lowest() {
    return new Object[] {
      Long.MIN_VALUE,
      false,
      new BigDecimal("-9999999.99"),
      new BigDecimal("-99999999999999.9999"),
      new BigDecimal("-99999999999999999999.999999999999999999"),
      new BigDecimal("-99999999999999999999"),
      Float.NEGATIVE_INFINITY,
      -Double.MAX_VALUE,
      "",
      "",
      new byte[0],
      day("0001-01-01"),
      Long.MIN_VALUE,
      micros("0001-01-01T00:00:00.000001Z"),
      micros("1000-01-01T00:00:00Z"),
      new Object[] {Long.MIN_VALUE, new BigDecimal("-999999999999999999.99"), new Object[] {0L}},
      (long) Byte.MIN_VALUE,
      (long) Short.MIN_VALUE,
      (long) Integer.MIN_VALUE,
      new Object[] {null},
      new Object[] {new Object[] {"", null}}
    };
  }

  private static Object[] oddNumbers() {
    Object[] row = absent(4);
    row[SCHEMA.position("wide")] = new BigDecimal("0.000000000000000001");
    row[SCHEMA.position("ratio")] = Float.NaN;
    row[SCHEMA.position("rating")] = -0.0;
    row[SCHEMA.position("opened_on")] = day("1582-10-14");
    return row;
  }

  private static Object[] absent(long id) {
    Object[] row = new Object[SCHEMA.size()];
    Arrays.fill(row, null);
    row[0] = id;
    return row;
  }

  static int day(String text) {
    return Math.toIntExact(LocalDate.parse(text).toEpochDay());
  }

  static long micros(String text) {
    return dev.larder.io.changes.Values.micros(OffsetDateTime.parse(text).toInstant());
  }
}
