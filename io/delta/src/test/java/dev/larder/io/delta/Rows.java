package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.file.RowIterator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Rows for tests. */
public final class Rows {
  public static final RowSchema EVERY_KIND =
      RowSchema.of(
          Column.required("id", ColumnType.INT),
          Column.nullable("flag", ColumnType.BOOLEAN),
          Column.nullable("price", ColumnType.decimal(9, 2)),
          Column.nullable("amount", ColumnType.decimal(18, 4)),
          Column.nullable("wide", ColumnType.decimal(38, 10)),
          Column.nullable("big", ColumnType.decimal(20, 0)),
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
                      Column.nullable("at", ColumnType.DATETIME),
                      Column.nullable(
                          "inner",
                          ColumnType.struct(
                              RowSchema.of(Column.nullable("x", ColumnType.STRING))))))));

  private Rows() {}

  public static Object[] full() {
    return new Object[] {
      1L,
      true,
      new BigDecimal("-1234567.89"),
      new BigDecimal("12345678901234.5678"),
      new BigDecimal("-1234567890123456789012345678.0123456789"),
      new BigDecimal("18446744073709551615"),
      0.1f,
      Math.PI,
      "Zürich \uD83C\uDF55 \"quoted\" \\ and\nmore than thirty-two characters long",
      "{\"a\":[1,2.5]}",
      new byte[] {0, 1, (byte) 0xFF},
      19_812,
      -90_061_000_001L,
      1_711_850_400_123_456L,
      -1L,
      new Object[] {7L, 1_711_850_400_000_001L, new Object[] {"deep"}}
    };
  }

  public static Object[] absent(long id) {
    Object[] row = new Object[EVERY_KIND.size()];
    row[0] = id;
    return row;
  }

  public static Sequence seq(long position) {
    return new Sequence(1, position, 0);
  }

  public static TableRow put(String table, RowSchema schema, long order, Object... values) {
    return TableRow.put(table, schema, values, seq(order));
  }

  public static TableRow delete(String table, RowSchema schema, long order, Object... values) {
    return TableRow.delete(table, schema, values, seq(order));
  }

  public static List<String> read(DeltaSnapshot snapshot, String... columns) {
    try (RowIterator rows =
        columns.length == 0 ? snapshot.rows() : snapshot.rows(List.of(columns))) {
      List<String> texts = new ArrayList<>();
      rows.forEachRemaining(row -> texts.add(text(row)));
      texts.sort(null);
      return texts;
    }
  }

  static List<Object[]> rows(DeltaSnapshot snapshot) {
    try (RowIterator rows = snapshot.rows()) {
      List<Object[]> all = new ArrayList<>();
      rows.forEachRemaining(all::add);
      all.sort((left, right) -> Values.compare(left[0], right[0]));
      return all;
    }
  }

  public static String text(Object[] row) {
    return Arrays.deepToString(row);
  }

  public static List<String> texts(Collection<Object[]> rows) {
    return rows.stream().map(Rows::text).sorted().toList();
  }
}
