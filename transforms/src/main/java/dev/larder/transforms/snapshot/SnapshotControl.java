package dev.larder.transforms.snapshot;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The instants at which a vault is looked at: one a day, thinned out with age.
 *
 * <p>A day's instant is the local time {@code at} of the zone. Where clocks jump over it, it is
 * later by what they jump (02:30 becomes 03:30); where they show it twice, it is the earlier one.
 *
 * <p>There is no clock here: the newest instant is given, by the data or by whoever asks. What is
 * kept depends on it alone, so that any two runs agree.
 *
 * @param at local time of day
 * @param zone whose clocks show {@code at}
 */
public record SnapshotControl(LocalTime at, ZoneId zone, Keep keep) implements Serializable {

  /**
   * For how long days are kept, counted back from the newest day, which itself is always kept. A
   * day stays while one of the four holds it.
   *
   * @param daily every day
   * @param weekly Mondays
   * @param monthly the first of each month
   * @param yearly the first of January
   */
  public record Keep(Period daily, Period weekly, Period monthly, Period yearly)
      implements Serializable {
    /** Longer than any history. */
    public static final Period FOREVER = Period.ofYears(1_000_000);

    /** Every day, forever. */
    public static final Keep EVERYTHING = new Keep(FOREVER, Period.ZERO, Period.ZERO, Period.ZERO);

    public Keep {
      Objects.requireNonNull(daily, "daily");
      Objects.requireNonNull(weekly, "weekly");
      Objects.requireNonNull(monthly, "monthly");
      Objects.requireNonNull(yearly, "yearly");
    }

    boolean holds(LocalDate day, LocalDate newest) {
      return day.equals(newest)
          || isWithin(daily, day, newest)
          || day.getDayOfWeek() == DayOfWeek.MONDAY && isWithin(weekly, day, newest)
          || day.getDayOfMonth() == 1 && isWithin(monthly, day, newest)
          || day.getDayOfYear() == 1 && isWithin(yearly, day, newest);
    }

    private static boolean isWithin(Period period, LocalDate day, LocalDate newest) {
      return day.isAfter(newest.minus(period));
    }
  }

  public SnapshotControl {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(keep, "keep");
  }

  /** The instant of a day. */
  public Instant of(LocalDate day) {
    return day.atTime(at).atZone(zone).toInstant();
  }

  /** The last day whose instant is not after a time. */
  public LocalDate lastDay(Instant time) {
    LocalDate day = time.atZone(zone).toLocalDate().plusDays(1);
    while (of(day).isAfter(time)) {
      day = day.minusDays(1);
    }
    return day;
  }

  /**
   * What is kept of the instants from one time to another.
   *
   * <p><b>Guarantees</b>: of a later {@code until} nothing is kept that an earlier one has let go
   * of, so that tables built day by day and at once are the same.
   *
   * @param from before it there is nothing to look at, for example the first load
   * @param until the newest instant is the last one not after this, for example the last load
   * @return in order of time; empty if no instant lies between
   */
  public NavigableSet<Instant> kept(Instant from, Instant until) {
    NavigableSet<Instant> kept = new TreeSet<>();
    LocalDate newest = lastDay(until);
    for (LocalDate day = newest; !of(day).isBefore(from); day = day.minusDays(1)) {
      if (keep.holds(day, newest)) {
        kept.add(of(day));
      }
    }
    return Collections.unmodifiableNavigableSet(kept);
  }
}
