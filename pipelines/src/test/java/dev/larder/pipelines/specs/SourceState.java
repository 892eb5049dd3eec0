package dev.larder.pipelines.specs;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.pipelines.mart.DuckDb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the sources of a spec hold after all its changes, in the order of the log. */
final class SourceState {

  private SourceState() {}

  /** Whether the changes say it: an extract tells nothing of rows that it does not bring. */
  static boolean isKnown(Spec spec) {
    return changes(spec).stream().noneMatch(change -> change.operation() == Operation.READ);
  }

  private static List<ChangeRecord> changes(Spec spec) {
    List<ChangeRecord> changes = new ArrayList<>();
    spec.batches().forEach(batch -> changes.addAll(batch.changes()));
    changes.sort(Comparator.comparing(ChangeRecord::sequence));
    return changes;
  }

  /** Makes a table {@code source_<table>} with the rows that are left. */
  static void create(DuckDb duck, Spec spec, TableSchema table) throws SQLException {
    Map<List<Object>, Object[]> rows = new LinkedHashMap<>();
    for (ChangeRecord change : changes(spec)) {
      if (!change.table().id().equals(table.id())) {
        continue;
      }
      switch (change.operation()) {
        case TRUNCATE -> rows.clear();
        case DELETE -> rows.remove(key(change.table(), change.before()));
        default -> rows.put(key(change.table(), change.after()), projected(change, table));
      }
    }
    duck.execute(
        "CREATE TABLE "
            + name(table.id())
            + " ("
            + table.columns().columns().stream()
                .map(column -> DuckDb.quoted(column.name()) + " " + type(column))
                .collect(Collectors.joining(", "))
            + ")");
    for (Object[] row : rows.values()) {
      List<String> literals = new ArrayList<>();
      for (int i = 0; i < row.length; i++) {
        literals.add(literal(table.columns().column(i), row[i]));
      }
      duck.execute(
          "INSERT INTO " + name(table.id()) + " VALUES (" + String.join(", ", literals) + ")");
    }
  }

  static String name(TableId table) {
    return "source_" + table.source() + "_" + table.table();
  }

  private static List<Object> key(TableSchema table, Object[] row) {
    return table.key().stream().map(name -> row[table.columns().position(name)]).toList();
  }

  private static Object[] projected(ChangeRecord change, TableSchema table) {
    Object[] row = new Object[table.columns().size()];
    for (int i = 0; i < row.length; i++) {
      int position = change.table().columns().find(table.columns().column(i).name());
      row[i] = position < 0 ? null : change.after()[position];
    }
    return row;
  }

  private static String type(Column column) {
    return switch (column.type().kind()) {
      case INT -> "BIGINT";
      case STRING -> "VARCHAR";
      case TIMESTAMP, DATETIME -> "TIMESTAMPTZ";
      default -> column.type().kind().name();
    };
  }

  private static String literal(Column column, Object value) {
    if (value == null) {
      return "NULL";
    }
    String text = Values.text(column.type(), value);
    String quoted = "'" + text.replace("'", "''") + "'";
    return column.type().kind() == Kind.DATETIME ? "TIMESTAMPTZ '" + text + "Z'" : quoted;
  }
}
