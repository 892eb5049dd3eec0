package dev.larder.transforms.hash;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The layout of profile {@code strict} (see the package), in one buffer that is filled again. */
final class StrictInput extends HashInput {
  private static final int ABSENT = 0;
  private static final int PRESENT = 1;
  private static final int HEADER = 5;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final long MICROS_PER_SECOND = 1_000_000L;

  /** Of a decimal that fits a long. */
  private static final int MAX_DIGITS = 19;

  private static final long[] POWERS = new long[MAX_DIGITS];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < MAX_DIGITS; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private byte[] bytes = new byte[256];
  private int length;
  private int endOfLastPresent;

  @Override
  public HashInput clear() {
    length = 0;
    endOfLastPresent = 0;
    return this;
  }

  @Override
  public HashInput add(String text) {
    if (text == null) {
      return absent();
    }
    int start = open(text.length());
    putText(text);
    return close(start);
  }

  @Override
  public HashInput add(ColumnType type, Object value) {
    if (value == null) {
      return absent();
    }
    switch (type.kind()) {
      case INT -> {
        int start = open(20);
        putLong((Long) value);
        return close(start);
      }
      case DATE -> {
        int days = (Integer) value;
        if (Days.isFourDigitYear(days)) {
          int start = open(10);
          putDate(days);
          return close(start);
        }
      }
      case DATETIME, TIMESTAMP -> {
        long micros = (Long) value;
        long days = Math.floorDiv(micros, SECONDS_PER_DAY * MICROS_PER_SECOND);
        if (Days.isFourDigitYear(days)) {
          int start = open(27);
          putDate(days);
          putTime(Math.floorMod(micros, SECONDS_PER_DAY * MICROS_PER_SECOND));
          if (type.kind() == Kind.TIMESTAMP) {
            bytes[length++] = 'Z';
          }
          return close(start);
        }
      }
      case DECIMAL -> {
        BigInteger unscaled = ((BigDecimal) value).unscaledValue();
        int scale = ((BigDecimal) value).scale();
        if (unscaled.bitLength() < Long.SIZE - 1 && scale >= 0 && scale < MAX_DIGITS) {
          int start = open(MAX_DIGITS + 2);
          putDecimal(unscaled.longValue(), scale);
          return close(start);
        }
      }
      default -> {}
    }
    return add(Values.text(type, value));
  }

  @Override
  public HashInput addEncoded(byte[] parts) {
    reserve(parts.length);
    System.arraycopy(parts, 0, bytes, length, parts.length);
    length += parts.length;
    endOfLastPresent = length;
    return this;
  }

  @Override
  public byte[] encoded() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public boolean isAbsent() {
    return endOfLastPresent == 0;
  }

  @Override
  public byte[] key(HashAlgorithm algorithm) {
    return hash(algorithm, bytes, length);
  }

  @Override
  public byte[] diff(HashAlgorithm algorithm) {
    return hash(algorithm, bytes, endOfLastPresent);
  }

  private HashInput absent() {
    reserve(1);
    bytes[length++] = ABSENT;
    return this;
  }

  private int open(int expected) {
    reserve(HEADER + expected);
    int start = length;
    bytes[length] = PRESENT;
    length += HEADER;
    return start;
  }

  private HashInput close(int start) {
    int size = length - start - HEADER;
    bytes[start + 1] = (byte) (size >>> 24);
    bytes[start + 2] = (byte) (size >>> 16);
    bytes[start + 3] = (byte) (size >>> 8);
    bytes[start + 4] = (byte) size;
    endOfLastPresent = length;
    return this;
  }

  private void putText(String text) {
    int count = text.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        reserve(rest.length);
        System.arraycopy(rest, 0, bytes, length, rest.length);
        length += rest.length;
        return;
      }
      bytes[length++] = (byte) c;
    }
  }

  private void putLong(long value) {
    if (value == Long.MIN_VALUE) {
      putText(Long.toString(value));
      return;
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long limit = rest; limit >= 10; limit /= 10) {
      digits++;
    }
    if (value < 0) {
      bytes[length++] = '-';
    }
    putDigits(rest, digits);
  }

  /** Plain, with all digits of its scale. */
  private void putDecimal(long unscaled, int scale) {
    long unit = POWERS[scale];
    if (unscaled < 0) {
      bytes[length++] = '-';
    }
    putLong(Math.abs(unscaled / unit));
    if (scale > 0) {
      bytes[length++] = '.';
      putDigits(Math.abs(unscaled % unit), scale);
    }
  }

  private void putDate(long day) {
    Days.Civil date = Days.civil(day);
    putDigits(date.year(), 4);
    bytes[length++] = '-';
    putDigits(date.month(), 2);
    bytes[length++] = '-';
    putDigits(date.day(), 2);
  }

  private void putTime(long microOfDay) {
    long second = microOfDay / MICROS_PER_SECOND;
    bytes[length++] = 'T';
    putDigits(second / 3600, 2);
    bytes[length++] = ':';
    putDigits(second / 60 % 60, 2);
    bytes[length++] = ':';
    putDigits(second % 60, 2);
    bytes[length++] = '.';
    putDigits(microOfDay % MICROS_PER_SECOND, 6);
  }

  private void putDigits(long value, int digits) {
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
