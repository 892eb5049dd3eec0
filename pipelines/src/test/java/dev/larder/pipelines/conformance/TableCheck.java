package dev.larder.pipelines.conformance;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a table with what it must hold, as a multiset of rows, after normalising by type: an
 * open end is the same at any time of its day, numbers are equal whatever their scale.
 */
final class TableCheck {
  private static final String OPEN_END = "9999-12-31";

  private TableCheck() {}

  /**
   * @param where for messages: the table, and after which cycle
   * @param columns what is compared
   * @param types declared types of the columns; the actual type where none is declared
   * @return one line for each row that is missing or too much
   */
  static List<String> differences(
      String where,
      List<String> columns,
      Map<String, String> types,
      List<Map<String, String>> expected,
      CaseTable actual) {
    List<ColumnType> typed = new ArrayList<>();
    for (String column : columns) {
      typed.add(
          types.containsKey(column)
              ? SuiteTypes.type(types.get(column))
              : actual.schema().column(required(where, column, actual)).type());
    }
    Map<List<String>, Integer> balance = new LinkedHashMap<>();
    for (Map<String, String> row : expected) {
      List<String> normal = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        normal.add(normal(typed.get(i), row.get(columns.get(i))));
      }
      balance.merge(normal, 1, Integer::sum);
    }
    for (Object[] row : actual.rows()) {
      List<String> normal = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        int position = required(where, columns.get(i), actual);
        ColumnType type = actual.schema().column(position).type();
        normal.add(normal(typed.get(i), SuiteTypes.text(type, row[position])));
      }
      balance.merge(normal, -1, Integer::sum);
    }
    List<String> lines = new ArrayList<>();
    balance.forEach(
        (row, count) -> {
          if (count != 0) {
            lines.add(
                where
                    + (count > 0 ? " lacks " : " has too much: ")
                    + Math.abs(count)
                    + " x "
                    + row);
          }
        });
    return lines;
  }

  private static int required(String where, String column, CaseTable actual) {
    int position = actual.schema().find(column);
    if (position < 0) {
      throw new CaseException(
          where + " has no column " + column + ", only " + actual.schema().names());
    }
    return position;
  }

  private static String normal(ColumnType type, String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    Object value = SuiteTypes.value(type, text);
    if (type.kind() == Kind.DECIMAL) {
      return ((BigDecimal) value).stripTrailingZeros().toPlainString();
    }
    String normal = SuiteTypes.text(type, value);
    return type.kind() == Kind.DATETIME && normal.startsWith(OPEN_END) ? OPEN_END : normal;
  }
}
