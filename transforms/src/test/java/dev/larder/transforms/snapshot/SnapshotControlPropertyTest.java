package dev.larder.transforms.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.larder.transforms.snapshot.SnapshotControl.Keep;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SnapshotControlPropertyTest {
  private static final Instant START = Instant.parse("2019-06-01T00:00:00Z");

  @Provide
  Arbitrary<SnapshotControl> controls() {
    Arbitrary<Period> periods =
        Arbitraries.of(
            Period.ZERO,
            Period.ofDays(1),
            Period.ofDays(10),
            Period.ofWeeks(7),
            Period.ofMonths(1),
            Period.ofMonths(5),
            Period.ofYears(1),
            Keep.FOREVER);
    Arbitrary<Keep> keeps = Combinators.combine(periods, periods, periods, periods).as(Keep::new);
    Arbitrary<LocalTime> times =
        Arbitraries.integers().between(0, 1439).map(minute -> LocalTime.MIN.plusMinutes(minute));
    Arbitrary<ZoneId> zones =
        Arbitraries.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")
            .map(ZoneId::of);
    return Combinators.combine(times, zones, keeps).as(SnapshotControl::new);
  }

  /** What is kept, day by day from the first to the last, as one would write it down. */
  private static Set<Instant> naive(SnapshotControl control, Instant from, Instant until) {
    LocalDate newest = null;
    LocalDate first = from.atZone(control.zone()).toLocalDate().minusDays(3);
    LocalDate end = until.atZone(control.zone()).toLocalDate().plusDays(3);
    for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
      newest = control.of(day).isAfter(until) ? newest : day;
    }
    Set<Instant> kept = new TreeSet<>();
    for (LocalDate day = first; newest != null && !day.isAfter(newest); day = day.plusDays(1)) {
      boolean held =
          day.equals(newest)
              || newest.minus(control.keep().daily()).isBefore(day)
              || day.getDayOfWeek() == DayOfWeek.MONDAY
                  && newest.minus(control.keep().weekly()).isBefore(day)
              || day.getDayOfMonth() == 1 && newest.minus(control.keep().monthly()).isBefore(day)
              || day.getDayOfYear() == 1 && newest.minus(control.keep().yearly()).isBefore(day);
      if (held && !control.of(day).isBefore(from)) {
        kept.add(control.of(day));
      }
    }
    return kept;
  }

  @Property(tries = 200)
  void keepsWhatOneOfTheRulesHolds(
      @ForAll("controls") SnapshotControl control, @ForAll @IntRange(max = 600 * 24) int hours) {
    Instant until = START.plus(Duration.ofHours(hours));

    Set<Instant> kept = control.kept(START, until);

    Set<Instant> naive = naive(control, START, until);
    assertThat(kept, everyItem(lessThanOrEqualTo(until)));
    assertThat(kept, is(naive));
  }

  @Property(tries = 200)
  void neverTakesBackWhatItLetGoOf(
      @ForAll("controls") SnapshotControl control,
      @ForAll @IntRange(max = 600 * 24) int hours,
      @ForAll @IntRange(min = 1, max = 100 * 24) int more) {
    Instant before = START.plus(Duration.ofHours(hours));
    Instant later = before.plus(Duration.ofHours(more));

    Set<Instant> kept = control.kept(START, later);

    Set<Instant> old = new HashSet<>();
    kept.stream().filter(each -> !each.isAfter(before)).forEach(old::add);
    assertThat(old, everyItem(in(control.kept(START, before))));
  }
}
