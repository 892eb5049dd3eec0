package dev.larder.io.jdbc;

import java.time.LocalDate;

/**
 * Reads dates and times from their text, for drivers that hand out no fields: {@code 2024-03-31},
 * {@code 2024-03-31 02:30:00.5}, {@code 838:59:59.000001}. Dates with a zero in them ({@code
 * 2020-00-10}) are none.
 */
final class TextTimes {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int DATE_LENGTH = 10;
  private static final int FRACTION_DIGITS = 6;

  private TextTimes() {}

  /**
   * @param zeroDate what stands for a date that is none
   */
  static ColumnReader date(Integer zeroDate) {
    return (rows, column) -> {
      String text = rows.getString(column);
      return text == null || !isDate(text) ? (Object) zeroDate : (Object) epochDay(text);
    };
  }

  /** As {@link #date}; {@code zeroDate} in microseconds. */
  static ColumnReader dateTime(Long zeroDate) {
    return (rows, column) -> {
      String text = rows.getString(column);
      return text == null || !isDate(text)
          ? (Object) zeroDate
          : (Object)
              (epochDay(text) * 86_400L * MICROS_PER_SECOND
                  + micros(text.substring(Math.min(text.length(), DATE_LENGTH + 1))));
    };
  }

  /** A TIME that is not negative: see {@link JdbcErrors#negativeTime}. */
  static ColumnReader time(String name) {
    return (rows, column) -> {
      String text = rows.getString(column);
      if (text != null && text.startsWith("-")) {
        throw JdbcErrors.negativeTime(name);
      }
      return text == null ? null : (Object) micros(text);
    };
  }

  private static boolean isDate(String text) {
    return !text.startsWith("0000") && !text.startsWith("00", 5) && !text.startsWith("00", 8);
  }

  private static int epochDay(String text) {
    return (int)
        LocalDate.of(
                Integer.parseInt(text, 0, 4, 10),
                Integer.parseInt(text, 5, 7, 10),
                Integer.parseInt(text, 8, DATE_LENGTH, 10))
            .toEpochDay();
  }

  /** Of {@code [h]hh:mm:ss[.ffffff]}; nothing for an empty text. */
  private static long micros(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split("[:.]");
    long seconds =
        Long.parseLong(parts[0]) * 3600 + Long.parseLong(parts[1]) * 60 + Long.parseLong(parts[2]);
    String fraction = parts.length < 4 ? "" : parts[3];
    String digits = (fraction + "0".repeat(FRACTION_DIGITS)).substring(0, FRACTION_DIGITS);
    return seconds * MICROS_PER_SECOND + Long.parseLong(digits);
  }
}
