package dev.larder.io.changes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/** Canonical values: equality, order and text. {@link Kind} says which Java type each kind has. */
public final class Values {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FACTOR = 0x9E3779B1;
  private static final int ROTATION = 15;

  private Values() {}

  /** Equal by content; byte arrays, structs, arrays and maps too. Absent equals absent. */
  public static boolean same(Object left, Object right) {
    if (left == right) {
      return true;
    }
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof byte[] bytes) {
      return right instanceof byte[] other && Arrays.equals(bytes, other);
    }
    if (left instanceof Object[] row) {
      return right instanceof Object[] other && sameRow(row, other);
    }
    return left.equals(right);
  }

  public static boolean sameRow(Object[] left, Object[] right) {
    if (left == right) {
      return true;
    }
    if (left == null || right == null || left.length != right.length) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (!same(left[i], right[i])) {
        return false;
      }
    }
    return true;
  }

  /** Equal for rows that are {@link #sameRow the same}, absent ones too; of one build only. */
  public static int hashRow(Object[] row) {
    if (row == null) {
      return 0;
    }
    int hash = 1;
    for (Object value : row) {
      hash = hash * FACTOR + hash(value);
    }
    return hash;
  }

  private static int hash(Object value) {
    if (value instanceof byte[] bytes) {
      return hash(bytes);
    }
    return value instanceof Object[] row ? hashRow(row) : Objects.hashCode(value);
  }

  /** Four bytes at a time: most binary values are hash keys, of which there are many. */
  private static int hash(byte[] bytes) {
    int hash = bytes.length;
    int next = 0;
    for (; next + Integer.BYTES <= bytes.length; next += Integer.BYTES) {
      hash = Integer.rotateLeft((hash ^ (int) INTS.get(bytes, next)) * FACTOR, ROTATION);
    }
    for (; next < bytes.length; next++) {
      hash = (hash ^ bytes[next]) * FACTOR;
    }
    return hash ^ hash >>> ROTATION;
  }

  /**
   * Orders two values of one kind, absent first; binary as unsigned bytes, strings by code point of
   * their UTF-8 form; structs, arrays and maps by their first difference, a shorter one before
   * those that it begins. Consistent with {@link #same}.
   */
  public static int compare(Object left, Object right) {
    if (left == null || right == null) {
      return left == right ? 0 : left == null ? -1 : 1;
    }
    if (left instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) right);
    }
    if (left instanceof String text) {
      return compareText(text, (String) right);
    }
    if (left instanceof Object[] row) {
      return Arrays.compare(row, (Object[]) right, Values::compare);
    }
    @SuppressWarnings("unchecked") // both are of one kind, so of one Java type
    Comparable<Object> comparable = (Comparable<Object>) left;
    return comparable.compareTo(right);
  }

  /** As the UTF-8 bytes compare; UTF-16 units differ from that for surrogates. */
  public static int compareText(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /**
   * The canonical text of a value, locale-free: decimals plain at their declared scale, the
   * shortest float that reads back equal, {@code true|false}, lower hex, {@code 2024-03-31} for
   * dates, {@code 2024-03-31T02:30:00.000000} for DATETIME, the same with {@code Z} for TIMESTAMP,
   * {@code [-]HH:mm:ss.ffffff} with as many hours as there are for TIME. Hash profile {@code
   * strict} is defined on this text (RULES 1).
   *
   * @param value not null
   * @throws IllegalArgumentException for structs, arrays and maps, which have none
   */
  public static String text(ColumnType type, Object value) {
    return switch (type.kind()) {
      case BOOLEAN, INT, STRING, JSON -> value.toString();
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case FLOAT -> floating(value.toString());
      case DOUBLE -> floating(value.toString());
      case BINARY -> HexFormat.of().formatHex((byte[]) value);
      case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
      case TIME -> time((Long) value);
      case DATETIME -> MICROS.format(instant((Long) value));
      case TIMESTAMP -> MICROS.format(instant((Long) value)) + "Z";
      case STRUCT, ARRAY, MAP ->
          throw new IllegalArgumentException("a value of " + type + " has no canonical text");
    };
  }

  private static String floating(String javaText) {
    return javaText.endsWith(".0") ? javaText.substring(0, javaText.length() - 2) : javaText;
  }

  private static String time(long micros) {
    long rest = Math.abs(micros);
    long seconds = rest / MICROS_PER_SECOND;
    return String.format(
        Locale.ROOT,
        "%s%02d:%02d:%02d.%06d",
        micros < 0 ? "-" : "",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        rest % MICROS_PER_SECOND);
  }

  /** The instant of microseconds since the epoch. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Microseconds since the epoch; finer parts are cut off, towards the past. */
  public static long micros(Instant instant) {
    // not ChronoUnit.between: Java 17 counts nanoseconds there, which overflow in the year 2262
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1000);
  }
}
