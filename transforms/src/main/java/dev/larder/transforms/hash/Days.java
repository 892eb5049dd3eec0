package dev.larder.transforms.hash;

/**
 * Days since 1970-01-01 as year, month and day of the proleptic Gregorian calendar, without the
 * objects of java.time: hashing formats millions of dates.
 *
 * <p>Source: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
 */
final class Days {
  private static final long FIRST = -719_528; // 0000-01-01
  private static final long LAST = 2_932_896; // 9999-12-31
  private static final int PER_ERA = 146_097;

  /** A day of the calendar. */
  record Civil(int year, int month, int day) {}

  private Days() {}

  /** Whether the day lies in the years 0000 to 9999, whose text has four digits and no sign. */
  static boolean isFourDigitYear(long day) {
    return day >= FIRST && day <= LAST;
  }

  static Civil civil(long day) {
    long shifted = day + 719_468; // era begins on 1 March
    long era = Math.floorDiv(shifted, PER_ERA);
    int dayOfEra = (int) (shifted - era * PER_ERA);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    return new Civil(year, month, dayOfMonth);
  }
}
