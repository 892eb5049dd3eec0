package dev.larder.transforms.hash;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.util.HexFormat;

/**
 * The text of a value as the database casts it of which the other packages' hashes are made:
 * Snowflake with its default formats. Dates {@code YYYY-MM-DD}; DATETIME and TIMESTAMP {@code
 * YYYY-MM-DD HH:MM:SS.mmm}, UTC, finer parts cut off (two moments of one millisecond hash alike);
 * decimals at their declared scale; floats plain and without {@code .0}; binary in upper hex. What
 * is not named here has its canonical text ({@link Values#text}).
 */
final class PlatformText {
  private static final int UP_TO_MILLIS = "2024-03-31T02:30:00.000".length();
  private static final int UP_TO_DAY = "2024-03-31".length();
  private static final double SMALLEST_PLAIN = 1e-5;
  private static final double LARGEST_PLAIN = 1e15;

  private PlatformText() {}

  static String of(ColumnType type, Object value) {
    return switch (type.kind()) {
      case DATETIME, TIMESTAMP -> moment(Values.text(type, value));
      case FLOAT, DOUBLE -> floating(((Number) value).doubleValue(), Values.text(type, value));
      case BINARY -> HexFormat.of().withUpperCase().formatHex((byte[]) value);
      default -> Values.text(type, value);
    };
  }

  /** Of the canonical text; years beyond 9999 have more digits there. */
  private static String moment(String canonical) {
    int day = canonical.indexOf('T');
    int end = day + UP_TO_MILLIS - UP_TO_DAY;
    return canonical.substring(0, day) + ' ' + canonical.substring(day + 1, end);
  }

  private static String floating(double value, String canonical) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    return size >= SMALLEST_PLAIN && size < LARGEST_PLAIN
        ? new BigDecimal(canonical).stripTrailingZeros().toPlainString()
        : canonical;
  }
}
