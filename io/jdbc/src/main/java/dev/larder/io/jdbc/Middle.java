package dev.larder.io.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Proposes values between two others. They are proposals only: the database says where they stand,
 * and cuts are made at keys that it has.
 */
final class Middle {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final long MICROS_PER_SECOND = 1_000_000;

  private Middle() {}

  /**
   * A value between two, both as {@link KeyColumn#selected} gave them.
   *
   * @return nothing if there is none, and for texts: see {@link #texts}
   */
  static Optional<String> between(KeyForm form, String low, String high) {
    String middle =
        switch (form) {
          case INTEGER, BITS, DECIMAL -> number(new BigDecimal(low), new BigDecimal(high));
          case FLOATING -> floating(low, high);
          case DATE -> date(low).plusDays(between(date(low), date(high)) / 2).toString();
          case DATETIME -> dateTime(low, high);
          case TIME -> time(low, high);
          case BYTES -> bytes(low, high);
          case TEXT -> low;
        };
    return middle.equals(low) || middle.equals(high) ? Optional.empty() : Optional.of(middle);
  }

  private static String number(BigDecimal low, BigDecimal high) {
    int scale = Math.max(low.scale(), high.scale());
    return low.add(high)
        .divide(BigDecimal.valueOf(2))
        .setScale(scale, RoundingMode.FLOOR)
        .toPlainString();
  }

  private static String floating(String lowText, String highText) {
    double low = Double.parseDouble(lowText);
    double high = Double.parseDouble(highText);
    double middle = low / 2 + high / 2;
    return middle > low && middle < high ? Double.toString(middle) : lowText;
  }

  /** A date with zeros in it stands before all others. */
  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return LocalDate.of(1, 1, 1);
    }
  }

  private static long between(LocalDate low, LocalDate high) {
    return high.toEpochDay() - low.toEpochDay();
  }

  private static String dateTime(String low, String high) {
    boolean hasFraction = low.indexOf('.') >= 0;
    long unit = hasFraction ? 1 : MICROS_PER_SECOND;
    long middle = Math.floorDiv(micros(low) / 2 + micros(high) / 2, unit) * unit;
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(middle, MICROS_PER_SECOND),
            (int) Math.floorMod(middle, MICROS_PER_SECOND) * 1_000,
            ZoneOffset.UTC);
    return time.format(hasFraction ? MICROS : SECONDS);
  }

  private static long micros(String text) {
    LocalDateTime time;
    try {
      time = LocalDateTime.parse(text.replace(' ', 'T'));
    } catch (DateTimeException e) {
      time = LocalDate.of(1, 1, 1).atStartOfDay();
    }
    return time.toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND + time.getNano() / 1_000;
  }

  private static String time(String low, String high) {
    long middle = Math.floorDiv(timeMicros(low) + timeMicros(high), 2L);
    boolean hasFraction = low.indexOf('.') >= 0;
    long rest = Math.abs(hasFraction ? middle : middle / MICROS_PER_SECOND * MICROS_PER_SECOND);
    long seconds = rest / MICROS_PER_SECOND;
    String text =
        String.format(
            Locale.ROOT,
            "%s%02d:%02d:%02d",
            middle < 0 && rest > 0 ? "-" : "",
            seconds / 3_600,
            seconds / 60 % 60,
            seconds % 60);
    return hasFraction
        ? text + String.format(Locale.ROOT, ".%06d", rest % MICROS_PER_SECOND)
        : text;
  }

  private static long timeMicros(String text) {
    boolean isNegative = text.startsWith("-");
    String[] parts = text.substring(isNegative ? 1 : 0).split(":");
    long micros =
        new BigDecimal(parts[0])
            .multiply(BigDecimal.valueOf(60))
            .add(new BigDecimal(parts[1]))
            .multiply(BigDecimal.valueOf(60))
            .add(new BigDecimal(parts[2]))
            .movePointRight(6)
            .longValue();
    return isNegative ? -micros : micros;
  }

  /** As numbers with a byte more than either has, for there may be values between neighbours. */
  private static String bytes(String low, String high) {
    int digits = Math.max(low.length(), high.length()) + 2;
    BigInteger middle = unsigned(low, digits).add(unsigned(high, digits)).shiftRight(1);
    byte[] bytes = new byte[digits / 2];
    byte[] value = middle.toByteArray();
    int skipped = Math.max(0, value.length - bytes.length);
    int from = bytes.length - (value.length - skipped);
    System.arraycopy(value, skipped, bytes, from, value.length - skipped);
    return HEX.formatHex(bytes);
  }

  private static BigInteger unsigned(String hex, int digits) {
    return new BigInteger(hex + "0".repeat(digits - hex.length()), 16);
  }

  /**
   * Texts of which some may stand between two others: what the lower one begins with, and one more
   * character.
   *
   * @param from how many characters more than both have in common the texts begin with
   * @param alphabet code points
   */
  static List<String> texts(String low, String high, int from, Collection<Integer> alphabet) {
    int[] lower = low.codePoints().toArray();
    int[] upper = high.codePoints().toArray();
    int common = 0;
    while (common < lower.length && common < upper.length && lower[common] == upper[common]) {
      common++;
    }
    if (common + from > lower.length) {
      return List.of();
    }
    String begin = new String(lower, 0, common + from);
    List<String> texts = new ArrayList<>();
    alphabet.forEach(letter -> texts.add(begin + Character.toString(letter)));
    return texts;
  }
}
