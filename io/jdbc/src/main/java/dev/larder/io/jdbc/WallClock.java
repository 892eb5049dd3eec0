package dev.larder.io.jdbc;

import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Calendar;

/**
 * Gets the fields of a date out of the driver as they are stored, without a time zone.
 *
 * <p>The driver's other ways are slow or wrong: {@code getObject(LocalDateTime)} goes through the
 * zone of the Java process, where an hour of a day in spring does not exist, and {@code
 * getTimestamp} with a Gregorian calendar turns {@code 2020-00-10} into a day of 2019. The driver
 * sets year, month, day, hour, minute and second into the calendar it is given and asks it for the
 * time: this one does arithmetic on them and remembers whether the date was one.
 *
 * <p>Not safe for threads: each reader has its own.
 */
final class WallClock extends Calendar {
  private static final long serialVersionUID = 1L;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long MICROS_PER_SECOND = 1_000_000;

  // Not the inherited fields: setting those makes Calendar keep count of what was set in which
  // order.
  private int year;
  private int month;
  private int day;
  private int hour;
  private int minute;
  private int second;

  /** The day that was asked for last: rows that stand together are often of one day. */
  private int lastDate;

  private int lastEpochDay;

  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  @Override
  public void set(int field, int value) {
    switch (field) {
      case YEAR -> year = value;
      case MONTH -> month = value + 1;
      case DAY_OF_MONTH -> day = value;
      case HOUR_OF_DAY -> hour = value;
      case MINUTE -> minute = value;
      case SECOND -> second = value;
      default -> {
        // MILLISECOND: the fraction is taken from the driver's time stamp.
      }
    }
  }

  /** Whether the date has a year, a month and a day; MySQL can store dates that lack some. */
  boolean isDate() {
    return year != 0 && month != 0 && day != 0;
  }

  /**
   * @throws DateTimeException for a date like 2020-02-31, which MySQL stores under
   *     ALLOW_INVALID_DATES
   */
  int epochDay() {
    int date = (year << 9) + (month << 5) + day;
    if (date != lastDate) {
      lastEpochDay = (int) LocalDate.of(year, month, day).toEpochDay();
      lastDate = date;
    }
    return lastEpochDay;
  }

  /**
   * Microseconds since the epoch, the clock read as UTC; {@code fraction} as the driver gave it.
   */
  long epochMicros(Timestamp fraction) {
    long seconds = epochDay() * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
    return seconds * MICROS_PER_SECOND + fraction.getNanos() / 1000;
  }

  @Override
  public long getTimeInMillis() {
    return 0;
  }

  @Override
  protected void computeTime() {
    time = 0;
  }

  @Override
  protected void computeFields() {}

  @Override
  public void add(int field, int amount) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void roll(int field, boolean up) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getMinimum(int field) {
    return 0;
  }

  @Override
  public int getMaximum(int field) {
    return Integer.MAX_VALUE;
  }

  @Override
  public int getGreatestMinimum(int field) {
    return 0;
  }

  @Override
  public int getLeastMaximum(int field) {
    return Integer.MAX_VALUE;
  }
}
