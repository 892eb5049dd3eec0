package dev.larder.io.delta.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.FieldPath;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * The statistics that the log holds of a file, whoever wrote them, as bounds of columns. What is
 * not understood is unknown; what writers round is widened:
 *
 * <ul>
 *   <li>timestamps are cut to milliseconds by Spark, upper bounds too: a millisecond on both sides;
 *   <li>long strings are cut, and upper bounds end in the highest character, which once was {@code
 *       U+FFFD} and not above all others;
 *   <li>decimals with more digits than a double holds may have been one: a unit in its last place
 *       on both sides.
 * </ul>
 */
public final class StoredBounds {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();
  private static final int DIGITS_OF_A_DOUBLE = 15;
  private static final String HIGHEST = new String(Character.toChars(Character.MAX_CODE_POINT));
  private static final Duration ROUNDING = Duration.ofMillis(1);

  private final JsonNode stats;

  private StoredBounds(JsonNode stats) {
    this.stats = stats;
  }

  /**
   * @param stats of an AddFile action; null if there are none
   */
  public static StoredBounds parse(String stats) {
    try {
      JsonNode parsed = stats == null ? null : JSON.readTree(stats);
      return new StoredBounds(parsed == null ? MissingNode.getInstance() : parsed);
    } catch (JsonProcessingException e) {
      return new StoredBounds(MissingNode.getInstance());
    }
  }

  /** Bounds of a column that the file holds (not of a partition column). */
  public ColumnBounds column(FieldPath path) {
    return new ColumnBounds(
        bound(path.type(), at("minValues", path), false),
        bound(path.type(), at("maxValues", path), true),
        count(at("nullCount", path)),
        count(stats.path("numRecords")));
  }

  /** Rows of the file; {@link ColumnBounds#NOT_KNOWN} if that is not known. */
  public long rows() {
    return count(stats.path("numRecords"));
  }

  private JsonNode at(String part, FieldPath path) {
    JsonNode node = stats.path(part);
    for (String name : path.names()) {
      node = node.path(name);
    }
    return node;
  }

  private static long count(JsonNode node) {
    return node.canConvertToExactIntegral() && node.canConvertToLong() && node.longValue() >= 0
        ? node.longValue()
        : ColumnBounds.NOT_KNOWN;
  }

  private static Object bound(ColumnType type, JsonNode node, boolean upper) {
    if (!node.isValueNode() || node.isNull()) {
      return null;
    }
    try {
      return switch (type.kind()) {
        case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
        case INT, TIME ->
            node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
        case DECIMAL -> node.isNumber() ? decimal(type, node.decimalValue(), upper) : null;
        case FLOAT -> number(Float.parseFloat(node.asText()));
        case DOUBLE -> number(Double.parseDouble(node.asText()));
        case STRING, JSON -> node.isTextual() ? text(node.textValue(), upper) : null;
        case DATE -> (int) LocalDate.parse(node.asText()).toEpochDay();
        case DATETIME, TIMESTAMP -> micros(node.asText(), upper);
        default -> null;
      };
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static BigDecimal decimal(ColumnType type, BigDecimal value, boolean upper) {
    if (type.precision() <= DIGITS_OF_A_DOUBLE) {
      return value;
    }
    BigDecimal ulp = new BigDecimal(Math.ulp(value.doubleValue()));
    return upper ? value.add(ulp) : value.subtract(ulp);
  }

  private static Object number(float value) {
    return Float.isNaN(value) ? null : value;
  }

  private static Object number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static String text(String value, boolean upper) {
    return upper && value.endsWith("\uFFFD") ? value + HIGHEST : value;
  }

  private static Long micros(String text, boolean upper) {
    Instant instant = OffsetDateTime.parse(text).toInstant();
    return Values.micros(upper ? instant.plus(ROUNDING) : instant.minus(ROUNDING));
  }
}
