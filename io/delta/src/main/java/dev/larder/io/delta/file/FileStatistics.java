package dev.larder.io.delta.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;

/**
 * Statistics of one file as Spark writes and reads them: number of rows and, for the columns of a
 * {@link StatisticsScope}, the number of nulls and bounds of the values. Fields of structs are
 * nested as the structs are. Bounds hold every value but need not be values.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>kind</th><th>form</th></tr>
 * <tr><td>INT, TIME, DECIMAL</td><td>plain number</td></tr>
 * <tr><td>FLOAT, DOUBLE</td><td>shortest number, {@code "Infinity"}; zeros as {@code -0.0} below
 *     and {@code 0.0} above; no upper bound with a NaN, which Spark sorts last</td></tr>
 * <tr><td>STRING, JSON</td><td>cut to 32 code points; an upper bound then ends in a character above
 *     what was cut off, by the order of UTF-8 bytes</td></tr>
 * <tr><td>DATE</td><td>{@code "2024-03-31"}, years 1 to 9999</td></tr>
 * <tr><td>DATETIME, TIMESTAMP</td><td>{@code "2024-03-31T02:30:00.000Z"}, the lower bound rounded
 *     down to milliseconds, the upper one up; years 1 to 9999</td></tr>
 * <tr><td>BOOLEAN, BINARY, ARRAY, MAP</td><td>none</td></tr>
 * </table>
 *
 * <p><b>Cost</b>: none per row but for what Parquet's own statistics cost, which these are made of.
 */
public final class FileStatistics {
  private static final int STRING_PREFIX = 32;
  private static final int LAST_YEAR = 9999;
  private static final int HIGHEST_ASCII = 0x7F;
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final RowSchema schema;
  private final long rows;
  private final Absences absences;
  private final Map<String, Statistics<?>> columns = new HashMap<>();

  /**
   * How often arrays and maps are absent, which Parquet's statistics of their leaves do not say.
   */
  static final class Absences {
    private final Map<String, Long> counts = new HashMap<>();

    void add(String column, long absent) {
      counts.merge(column, absent, Long::sum);
    }
  }

  private enum Part {
    MIN,
    MAX,
    NULLS
  }

  FileStatistics(RowSchema schema, long rows, List<BlockMetaData> rowGroups, Absences absences) {
    this.schema = schema;
    this.rows = rows;
    this.absences = absences;
    for (BlockMetaData rowGroup : rowGroups) {
      for (ColumnChunkMetaData column : rowGroup.getColumns()) {
        String name = StatisticsScope.path(List.of(column.getPath().toArray()));
        Statistics<?> known = columns.get(name);
        if (known == null) {
          columns.put(name, column.getStatistics().copy());
        } else {
          known.mergeStatistics(column.getStatistics());
        }
      }
    }
  }

  /** One JSON object: {@code {"numRecords":2,"minValues":{...},...}}. */
  String json(StatisticsScope scope) {
    Set<String> leaves = scope.leaves(schema);
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      json.writeStartObject();
      json.writeNumberField("numRecords", rows);
      json.writeFieldName("minValues");
      write(json, schema, List.of(), leaves, Part.MIN);
      json.writeFieldName("maxValues");
      write(json, schema, List.of(), leaves, Part.MAX);
      json.writeFieldName("nullCount");
      write(json, schema, List.of(), leaves, Part.NULLS);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return text.toString();
  }

  private void write(
      JsonGenerator json, RowSchema fields, List<String> around, Set<String> leaves, Part part)
      throws IOException {
    json.writeStartObject();
    for (Column column : fields.columns()) {
      List<String> names = StatisticsScope.inside(around, column.name());
      String path = StatisticsScope.path(names);
      ColumnType type = column.type();
      if (type.kind() == Kind.STRUCT) {
        if (leaves.stream().anyMatch(leaf -> leaf.startsWith(path + '\0'))) {
          json.writeFieldName(column.name());
          write(json, type.fields(), names, leaves, part);
        }
      } else if (leaves.contains(path)) {
        writeLeaf(json, column, path, part);
      }
    }
    json.writeEndObject();
  }

  private void writeLeaf(JsonGenerator json, Column column, String path, Part part)
      throws IOException {
    ColumnType type = column.type();
    Statistics<?> known = columns.get(path);
    if (part != Part.NULLS) {
      if (hasBounds(type.kind()) && known != null && known.hasNonNullValue()) {
        Object bound = part == Part.MIN ? known.genericGetMin() : known.genericGetMax();
        writeBound(json, column.name(), type, bound, part);
      }
    } else if (type.kind() == Kind.ARRAY || type.kind() == Kind.MAP) {
      json.writeNumberField(column.name(), absences.counts.getOrDefault(path, 0L));
    } else {
      json.writeNumberField(column.name(), known == null ? 0 : known.getNumNulls());
    }
  }

  private static boolean hasBounds(Kind kind) {
    return switch (kind) {
      case BOOLEAN, BINARY, STRUCT, ARRAY, MAP -> false;
      default -> true;
    };
  }

  private static void writeBound(
      JsonGenerator json, String name, ColumnType type, Object value, Part part)
      throws IOException {
    switch (type.kind()) {
      case INT, TIME -> json.writeNumberField(name, ((Number) value).longValue());
      case DECIMAL -> {
        json.writeFieldName(name);
        json.writeNumber(new BigDecimal(unscaled(value), type.scale()));
      }
      case FLOAT -> writeFloating(json, name, (Float) value, value.toString(), part);
      case DOUBLE -> writeFloating(json, name, (Double) value, value.toString(), part);
      case DATE -> writeDate(json, name, (Integer) value);
      case DATETIME, TIMESTAMP -> writeTimestamp(json, name, (Long) value, part);
      case STRING, JSON -> writeString(json, name, ((Binary) value).toStringUsingUTF8(), part);
      default -> throw new IllegalStateException("no bounds for " + type);
    }
  }

  private static BigInteger unscaled(Object value) {
    return value instanceof Binary binary
        ? new BigInteger(binary.getBytes())
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private static void writeFloating(
      JsonGenerator json, String name, double value, String text, Part part) throws IOException {
    if (Double.isNaN(value)) {
      return;
    }
    if (Double.isInfinite(value)) {
      json.writeStringField(name, text);
    } else {
      json.writeFieldName(name);
      json.writeNumber(value != 0 ? text : part == Part.MIN ? "-0.0" : "0.0");
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
    } else {
      int cut = value.offsetByCodePoints(0, STRING_PREFIX);
      json.writeStringField(name, part == Part.MIN ? value.substring(0, cut) : above(value, cut));
    }
  }

  /** The shortest text from {@code cut} on that sorts after the value. */
  private static String above(String value, int cut) {
    int end = cut;
    while (end < value.length()) {
      int next = value.codePointAt(end);
      if (next < Character.MAX_CODE_POINT) {
        int higher = next < HIGHEST_ASCII ? HIGHEST_ASCII : Character.MAX_CODE_POINT;
        return new StringBuilder(value.substring(0, end)).appendCodePoint(higher).toString();
      }
      end += Character.charCount(next);
    }
    return value;
  }
}
