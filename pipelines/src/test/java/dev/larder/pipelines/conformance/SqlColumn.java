package dev.larder.pipelines.conformance;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.pipelines.mart.DuckDb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A derived column in Snowflake's SQL, evaluated by DuckDB with macros for what only Snowflake
 * spells so. A column without a declared type has the one that its texts show, as the seeds of the
 * suite do.
 */
final class SqlColumn {
  private static final List<String> MACROS =
      List.of(
          "CREATE MACRO to_varchar(value, format) AS strftime(value, replace(replace(replace("
              + "replace(replace(replace(upper(format), 'YYYY', '%Y'), 'MM', '%m'), 'DD', '%d'),"
              + " 'HH24', '%H'), 'MI', '%M'), 'SS', '%S'))",
          "CREATE MACRO to_char(value, format) AS to_varchar(value, format)",
          "CREATE MACRO to_date(value) AS CAST(value AS DATE)",
          "CREATE MACRO iff(test, yes, otherwise) AS CASE WHEN test THEN yes ELSE otherwise END",
          "CREATE MACRO nvl(value, otherwise) AS coalesce(value, otherwise)");

  private SqlColumn() {}

  /**
   * @throws CaseException if DuckDB does not understand the expression
   */
  static DerivedColumn of(String name, String expression, CaseTable source) {
    try (DuckDb duck = DuckDb.open()) {
      for (String macro : MACROS) {
        duck.execute(macro);
      }
      return duck.query(
          "SELECT " + expression + " AS derived FROM " + rows(source) + " ORDER BY _row",
          (columns, rows) -> {
            List<Object> values = new ArrayList<>();
            rows.forEachRemaining(row -> values.add(row[0]));
            return new DerivedColumn(Column.nullable(name, columns.column(0).type()), values);
          });
    } catch (SQLException e) {
      throw new CaseException("derived column " + name + ": " + e.getMessage());
    }
  }

  private static String rows(CaseTable source) {
    RowSchema schema = source.schema();
    List<String> columns = new ArrayList<>(List.of("0 AS _row"));
    for (int i = 0; i < schema.size(); i++) {
      columns.add(
          "CAST(NULL AS " + sqlType(source, i) + ") AS " + DuckDb.quoted(schema.column(i).name()));
    }
    StringBuilder sql = new StringBuilder("(SELECT ");
    sql.append(String.join(", ", columns)).append(" WHERE false");
    int number = 0;
    for (Object[] row : source.rows()) {
      List<String> cells = new ArrayList<>(List.of(String.valueOf(number++)));
      for (int i = 0; i < row.length; i++) {
        cells.add(literal(SuiteTypes.text(schema.column(i).type(), row[i])));
      }
      sql.append(" UNION ALL SELECT ").append(String.join(", ", typed(cells, source)));
    }
    return sql.append(")").toString();
  }

  private static List<String> typed(List<String> cells, CaseTable source) {
    List<String> typed = new ArrayList<>(List.of(cells.get(0)));
    for (int i = 1; i < cells.size(); i++) {
      typed.add("CAST(" + cells.get(i) + " AS " + sqlType(source, i - 1) + ")");
    }
    return typed;
  }

  private static String literal(String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }

  private static String sqlType(CaseTable source, int position) {
    Column column = source.schema().column(position);
    ColumnType type = column.type();
    return switch (type.kind()) {
      case DECIMAL -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case DATETIME -> "TIMESTAMP";
      case DATE, DOUBLE, BOOLEAN -> type.kind().name();
      default -> isInteger(source, position) ? "BIGINT" : "VARCHAR";
    };
  }

  private static boolean isInteger(CaseTable source, int position) {
    return !source.absent().containsKey(source.schema().column(position).name())
        && source.rows().stream()
            .map(row -> row[position])
            .allMatch(value -> value == null || value.toString().matches("-?\\d{1,18}"));
  }
}
