package dev.larder.runners.direct;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.kafka.debezium.Decoded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rows of {@link EveryType} as JDBC read them, and where another way gave other values. */
final class JdbcValues {
  /**
   * What Debezium's own snapshot loses: it reads FLOAT in MySQL's text, rounded to 6 digits, and
   * the YEAR 0000 as 2000. Larder's snapshots are its own.
   */
  static final Set<String> LOST_BY_ITS_SNAPSHOT = Set.of("c_float", "c_year");

  private final TableSchema table;
  private final Map<String, Object[]> rows = new TreeMap<>();

  JdbcValues(TableSchema table) {
    this.table = table;
  }

  void add(Object[] row) {
    rows.put(key(row), row);
  }

  Collection<Object[]> rows() {
    return rows.values();
  }

  /** Columns in which an image differs, with both texts. */
  List<String> differences(String where, TableSchema schema, Object[] image) {
    return differences(where, schema, image, EveryType.columns());
  }

  List<String> differences(
      String where, TableSchema schema, Object[] image, Collection<String> columns) {
    List<String> differences = new ArrayList<>();
    Object[] expected = rows.get(key(image));
    for (String column : columns) {
      int there = schema.columns().find(column);
      Object found = there < 0 ? null : image[there];
      Object wanted = expected[table.columns().position(column)];
      if (!Values.same(found, wanted)) {
        differences.add(
            "%s %s of row %s: %s instead of %s"
                .formatted(where, column, key(image), text(column, found), text(column, wanted)));
      }
    }
    return differences;
  }

  /**
   * The same of all that a connector wrote, which is each row as its snapshot read it and one
   * update of it.
   */
  List<String> differences(String name, List<Decoded> decoded) {
    List<String> differences = new ArrayList<>();
    Map<Operation, Integer> counts = new LinkedHashMap<>();
    for (Decoded each : decoded) {
      if (each instanceof Decoded.Failure failure) {
        differences.add(name + ": " + failure.reason());
      } else if (each instanceof Decoded.Change change) {
        counts.merge(change.record().operation(), 1, Integer::sum);
        differences.addAll(differences(name, change.record()));
      }
    }
    if (!counts.equals(
        Map.of(Operation.READ, EveryType.rows(), Operation.UPDATE, EveryType.rows()))) {
      differences.add(name + ": " + counts);
    }
    return differences;
  }

  private List<String> differences(String name, ChangeRecord record) {
    List<String> differences = new ArrayList<>();
    if (record.before() != null) {
      differences.addAll(differences(name + " before", record.table(), record.before()));
    }
    List<String> columns = new ArrayList<>(EveryType.columns());
    if (record.operation() == Operation.READ) {
      columns.removeAll(LOST_BY_ITS_SNAPSHOT);
    }
    differences.addAll(
        differences(name + " " + record.operation(), record.table(), record.after(), columns));
    return differences;
  }

  /** A column's value as text, also one of a wrong type. */
  String text(String column, Object value) {
    if (value == null) {
      return "NULL";
    }
    try {
      return Values.text(table.columns().column(table.columns().position(column)).type(), value);
    } catch (ClassCastException e) {
      return value.getClass() + " " + value;
    }
  }

  private static String key(Object[] row) {
    return String.valueOf(row[0]);
  }
}
