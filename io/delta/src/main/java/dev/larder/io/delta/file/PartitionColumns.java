package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the partition of rows of one schema, and writes its values as the Delta protocol says:
 * plain decimals, {@code 2024-03-31} for dates, {@code 2024-03-31T02:30:00.000000Z} for times (the
 * form that does not depend on the reader's zone). An empty string is an absent value, as in Spark:
 * the protocol has one form for both.
 */
public final class PartitionColumns {
  private static final int REMEMBERED = 10_000;

  private final Column[] columns;
  private final int[] positions;
  private final Map<List<Object>, Partition> known = new HashMap<>();

  private PartitionColumns(Column[] columns, int[] positions) {
    this.columns = columns;
    this.positions = positions;
  }

  /**
   * @param columns of the table, in order; one that rows lack is absent in all of them
   */
  public static PartitionColumns of(RowSchema schema, List<String> columns) {
    Column[] found = new Column[columns.size()];
    int[] positions = new int[found.length];
    for (int i = 0; i < found.length; i++) {
      positions[i] = schema.find(columns.get(i));
      found[i] =
          positions[i] < 0
              ? Column.nullable(columns.get(i), ColumnType.STRING)
              : schema.column(positions[i]);
    }
    return new PartitionColumns(found, positions);
  }

  /** The columns that files hold: a partition's value stands in the log only. */
  public static RowSchema inFiles(RowSchema schema, List<String> columns) {
    return columns.isEmpty()
        ? schema
        : RowSchema.of(
            schema.columns().stream().filter(each -> !columns.contains(each.name())).toList());
  }

  /**
   * @param table for messages
   */
  public Partition of(String table, Object[] row) {
    if (positions.length == 0) {
      return Partition.NONE;
    }
    Object[] values = new Object[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = positions[i] < 0 ? null : row[positions[i]];
    }
    List<Object> key = Arrays.asList(values);
    Partition partition = known.get(key);
    if (partition == null) {
      partition = partition(table, values);
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      known.put(new ArrayList<>(key), partition);
    }
    return partition;
  }

  private Partition partition(String table, Object[] values) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      String text = values[i] == null ? null : text(columns[i].type(), values[i]);
      if (text == null && !columns[i].nullable()) {
        throw DeltaErrors.absentValue(table, columns[i].name());
      }
      texts.put(columns[i].name(), text);
    }
    return new Partition(texts);
  }

  private static String text(ColumnType type, Object value) {
    Kind kind = type.kind();
    if (kind == Kind.TIME || kind == Kind.FLOAT || kind == Kind.DOUBLE) {
      return value.toString();
    }
    String text = Values.text(type, value);
    if (text.isEmpty()) {
      return null;
    }
    return kind == Kind.DATETIME ? text + "Z" : text;
  }
}
