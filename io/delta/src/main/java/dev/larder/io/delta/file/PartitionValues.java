package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.error.DeltaErrors;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Values of partition columns, which stand in the log and not in the files.
 *
 * <p><b>Source</b>: "Partition Value Serialization" of the Delta protocol. A timestamp without a
 * zone is taken for UTC.
 */
public final class PartitionValues {

  private PartitionValues() {}

  /**
   * @param path of the file, for messages
   * @param text as in the log; null or empty for no value
   * @return the canonical value
   * @throws dev.larder.io.changes.SinkException if the text is no value of the type
   */
  public static Object parse(String path, Column column, String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return parse(column.type(), text);
    } catch (RuntimeException e) {
      throw DeltaErrors.partitionValue(path, column.name(), column.type(), e);
    }
  }

  private static Object parse(ColumnType type, String text) {
    return switch (type.kind()) {
      case BOOLEAN -> Boolean.parseBoolean(text);
      case INT, TIME -> Long.parseLong(text);
      case DECIMAL -> new BigDecimal(text).setScale(type.scale());
      case FLOAT -> Float.parseFloat(text);
      case DOUBLE -> Double.parseDouble(text);
      case STRING, JSON -> text;
      case BINARY -> text.getBytes(StandardCharsets.UTF_8);
      case DATE -> (int) LocalDate.parse(text).toEpochDay();
      case DATETIME, TIMESTAMP -> Values.micros(instant(text));
      default -> throw new IllegalArgumentException("no partition by " + type);
    };
  }

  private static Instant instant(String text) {
    return text.endsWith("Z")
        ? Instant.parse(text)
        : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }

  /** The values of a file's partition in rows of a schema; null if it has none of its columns. */
  static Object[] inRows(String path, RowSchema schema, Map<String, String> values) {
    Object[] row = null;
    for (Map.Entry<String, String> value : values.entrySet()) {
      int position = schema.find(value.getKey());
      if (position >= 0) {
        row = row == null ? new Object[schema.size()] : row;
        row[position] = parse(path, schema.column(position), value.getValue());
      }
    }
    return row;
  }
}
