package dev.larder.io.delta.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Statistics of one file as Spark writes them: number of rows, and for the first {@value
 * #INDEXED_COLUMNS} leaf columns the number of nulls and bounds of the values. Bounds hold every
 * value but need not be values: strings are cut to {@value #STRING_PREFIX} code points, timestamps
 * to milliseconds, upper bounds rounded up.
 */
public final class FileStatistics {
  static final int INDEXED_COLUMNS = 32;
  private static final int STRING_PREFIX = 32;
  private static final int LAST_YEAR = 9999;
  private static final String HIGHEST = new String(Character.toChars(Character.MAX_CODE_POINT));
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Fields root;
  private long rows;

  FileStatistics(RowSchema schema) {
    this.root = new Fields(schema, INDEXED_COLUMNS);
  }

  void add(Object[] row) {
    rows++;
    root.add(row);
  }

  long rows() {
    return rows;
  }

  /** One JSON object: {@code {"numRecords":2,"minValues":{...},...}}. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      json.writeStartObject();
      json.writeNumberField("numRecords", rows);
      json.writeFieldName("minValues");
      root.write(json, Part.MIN);
      json.writeFieldName("maxValues");
      root.write(json, Part.MAX);
      json.writeFieldName("nullCount");
      root.write(json, Part.NULLS);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return text.toString();
  }

  private enum Part {
    MIN,
    MAX,
    NULLS
  }

  private static final class Fields {
    private final RowSchema schema;
    private final int indexed;
    private final int leaves;
    private final Fields[] structs;
    private final Object[] min;
    private final Object[] max;
    private final long[] nulls;
    private final boolean[] unordered;

    Fields(RowSchema schema, int leavesLeft) {
      this.schema = schema;
      this.structs = new Fields[schema.size()];
      this.min = new Object[schema.size()];
      this.max = new Object[schema.size()];
      this.nulls = new long[schema.size()];
      this.unordered = new boolean[schema.size()];
      int column = 0;
      int used = 0;
      while (column < schema.size() && used < leavesLeft) {
        ColumnType type = schema.column(column).type();
        if (type.kind() == Kind.STRUCT) {
          structs[column] = new Fields(type.fields(), leavesLeft - used);
          used += structs[column].leaves;
        } else {
          used++;
        }
        column++;
      }
      this.indexed = column;
      this.leaves = used;
    }

    /** Adds a row; null stands for an absent struct, all of whose leaves are null. */
    void add(Object[] row) {
      for (int i = 0; i < indexed; i++) {
        Object value = row == null ? null : row[i];
        if (structs[i] != null) {
          structs[i].add((Object[]) value);
        } else if (value == null) {
          nulls[i]++;
        } else if (!hasBounds(schema.column(i).type().kind(), value)) {
          unordered[i] = true;
        } else if (!unordered[i]) {
          if (min[i] == null) {
            min[i] = value;
            max[i] = value;
          } else if (compare(value, min[i]) < 0) {
            min[i] = value;
          } else if (compare(value, max[i]) > 0) {
            max[i] = value;
          }
        }
      }
    }

    void write(JsonGenerator json, Part part) throws IOException {
      json.writeStartObject();
      for (int i = 0; i < indexed; i++) {
        String name = schema.column(i).name();
        if (structs[i] != null) {
          json.writeFieldName(name);
          structs[i].write(json, part);
        } else if (part == Part.NULLS) {
          json.writeNumberField(name, nulls[i]);
        } else if (min[i] != null && !unordered[i]) {
          Object bound = part == Part.MIN ? min[i] : max[i];
          writeBound(json, name, schema.column(i).type().kind(), bound, part);
        }
      }
      json.writeEndObject();
    }
  }

  /** NaN has no place in the order that all readers agree on: a column with one has no bounds. */
  private static boolean hasBounds(Kind kind, Object value) {
    return switch (kind) {
      case BOOLEAN, BINARY, STRUCT -> false;
      case FLOAT -> !((Float) value).isNaN();
      case DOUBLE -> !((Double) value).isNaN();
      default -> true;
    };
  }

  @SuppressWarnings("unchecked") // both values are of one column, so of one Java type
  private static int compare(Object left, Object right) {
    return left instanceof String text
        ? compareCodePoints(text, (String) right)
        : ((Comparable<Object>) left).compareTo(right);
  }

  /** {@link Values#compareText}. */
  public static int compareCodePoints(String left, String right) {
    return Values.compareText(left, right);
  }

  private static void writeBound(
      JsonGenerator json, String name, Kind kind, Object value, Part part) throws IOException {
    switch (kind) {
      case INT, TIME -> json.writeNumberField(name, (Long) value);
      case DECIMAL -> {
        json.writeFieldName(name);
        json.writeNumber((BigDecimal) value);
      }
      case FLOAT -> writeFloating(json, name, (Float) value, value.toString());
      case DOUBLE -> writeFloating(json, name, (Double) value, value.toString());
      case DATE -> writeDate(json, name, (Integer) value);
      case DATETIME, TIMESTAMP -> writeTimestamp(json, name, (Long) value, part);
      case STRING, JSON -> writeString(json, name, (String) value, part);
      default -> throw new IllegalStateException("no bounds for " + kind);
    }
  }

  private static void writeFloating(JsonGenerator json, String name, double value, String text)
      throws IOException {
    if (Double.isFinite(value)) {
      json.writeFieldName(name);
      json.writeNumber(text);
    } else {
      json.writeStringField(name, text);
    }
  }

  private static void writeDate(JsonGenerator json, String name, int days) throws IOException {
    LocalDate date = LocalDate.ofEpochDay(days);
    if (date.getYear() >= 1 && date.getYear() <= LAST_YEAR) {
      json.writeStringField(name, date.toString());
    }
  }

  private static void writeTimestamp(JsonGenerator json, String name, long micros, Part part)
      throws IOException {
    long millis = part == Part.MIN ? Math.floorDiv(micros, 1000L) : -Math.floorDiv(-micros, 1000L);
    Instant instant = Instant.ofEpochMilli(millis);
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year >= 1 && year <= LAST_YEAR) {
      json.writeStringField(name, MILLIS.format(instant));
    }
  }

  private static void writeString(JsonGenerator json, String name, String value, Part part)
      throws IOException {
    if (value.codePointCount(0, value.length()) <= STRING_PREFIX) {
      json.writeStringField(name, value);
      return;
    }
    int cut = value.offsetByCodePoints(0, STRING_PREFIX);
    if (part == Part.MIN) {
      json.writeStringField(name, value.substring(0, cut));
    } else if (value.codePointAt(cut) != Character.MAX_CODE_POINT) {
      json.writeStringField(name, value.substring(0, cut) + HIGHEST);
    }
  }
}
