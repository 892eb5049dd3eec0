package dev.larder.io.kafka.debezium;

/**
 * Reads ISO 8601 texts out of a character buffer without an object per value: what Debezium writes
 * for TIMESTAMP, and for every time in mode {@code isostring}. Years have four digits, a fraction
 * one to nine; digits behind the sixth are cut off.
 */
final class IsoTimes {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;

  private final char[] text;
  private final int end;
  private int at;

  IsoTimes(char[] text, int offset, int length) {
    this.text = text;
    this.at = offset;
    this.end = offset + length;
  }

  /** {@code 2024-02-02}, with or without {@code Z}: days since 1970-01-01. */
  int date() {
    int days = day();
    zone();
    return days;
  }

  /** {@code 23:59:59.123456}, with or without {@code Z}: microseconds. */
  long time() {
    long micros = clock();
    zone();
    return micros;
  }

  /** {@code 2024-03-31T02:30:00.123Z} or with an offset: microseconds since the epoch, UTC. */
  long instant() {
    long days = day();
    if (at >= end || text[at] != 'T' && text[at] != ' ') {
      throw malformed();
    }
    at++;
    long micros = clock();
    return days * SECONDS_PER_DAY * MICROS_PER_SECOND + micros - zone() * MICROS_PER_SECOND;
  }

  private int day() {
    int year = digits(4);
    skip('-');
    int month = digits(2);
    skip('-');
    int day = digits(2);
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
      throw malformed();
    }
    return epochDay(year, month, day);
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Days since 1970-01-01 by eras of 400 years that begin on 1 March. */
  private static int epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  private long clock() {
    int hour = digits(2);
    skip(':');
    int minute = digits(2);
    int second = 0;
    if (at < end && text[at] == ':') {
      at++;
      second = digits(2);
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw malformed();
    }
    return (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND + fraction();
  }

  private long fraction() {
    if (at >= end || text[at] != '.') {
      return 0;
    }
    at++;
    int start = at;
    long micros = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      if (at - start < 6) {
        micros = micros * 10 + text[at] - '0';
      }
      at++;
    }
    int count = at - start;
    if (count == 0 || count > 9) {
      throw malformed();
    }
    for (int i = count; i < 6; i++) {
      micros *= 10;
    }
    return micros;
  }

  /** Seconds east of UTC; nothing may follow. */
  private long zone() {
    if (at == end) {
      return 0;
    }
    char sign = text[at++];
    if (sign == 'Z' && at == end) {
      return 0;
    }
    if (sign != '+' && sign != '-') {
      throw malformed();
    }
    int hours = digits(2);
    skip(':');
    int minutes = digits(2);
    if (at != end || hours > 18 || minutes > 59) {
      throw malformed();
    }
    long seconds = hours * 3600L + minutes * 60L;
    return sign == '-' ? -seconds : seconds;
  }

  private int digits(int count) {
    if (at + count > end) {
      throw malformed();
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = text[at++];
      if (c < '0' || c > '9') {
        throw malformed();
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private void skip(char expected) {
    if (at >= end || text[at++] != expected) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("no ISO 8601 time");
  }
}
