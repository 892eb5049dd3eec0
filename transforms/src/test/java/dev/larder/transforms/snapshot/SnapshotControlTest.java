package dev.larder.transforms.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.transforms.snapshot.SnapshotControl.Keep;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.junit.Test;

public class SnapshotControlTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static SnapshotControl at(String time, String zone) {
    return new SnapshotControl(LocalTime.parse(time), ZoneId.of(zone), Keep.EVERYTHING);
  }

  private static Instant utc(String text) {
    return Instant.parse(text);
  }

  @Test
  public void followsTheClocksOfItsZone() {
    SnapshotControl control = at("03:00", "Europe/Berlin");

    assertThat(control.of(LocalDate.parse("2024-01-15")), is(utc("2024-01-15T02:00:00Z")));
    assertThat(control.of(LocalDate.parse("2024-07-15")), is(utc("2024-07-15T01:00:00Z")));
  }

  @Test
  public void isLaterByTheGapWhereClocksJumpOverIt() {
    SnapshotControl control = at("02:30", BERLIN.getId());

    assertThat(control.of(LocalDate.parse("2024-03-31")), is(utc("2024-03-31T01:30:00Z")));
  }

  @Test
  public void isTheEarlierOneWhereClocksShowItTwice() {
    SnapshotControl control = at("02:30", BERLIN.getId());

    assertThat(control.of(LocalDate.parse("2024-10-27")), is(utc("2024-10-27T00:30:00Z")));
  }

  @Test
  public void hasNoSecondInstantForADayThatAZoneLeftOut() {
    SnapshotControl control = at("03:00", "Pacific/Apia");

    assertThat(
        control.kept(utc("2011-12-29T00:00:00Z"), utc("2011-12-31T23:00:00Z")),
        contains(
            utc("2011-12-29T13:00:00Z"), // 29 December, west of the date line
            utc("2011-12-30T13:00:00Z"), // 31 December, east of it; there was no 30th
            utc("2011-12-31T13:00:00Z")));
  }

  @Test
  public void newestInstantIsNotAfterTheData() {
    SnapshotControl control = at("03:00", "UTC");

    assertThat(control.lastDay(utc("2024-05-02T02:59:59Z")), is(LocalDate.parse("2024-05-01")));
    assertThat(control.lastDay(utc("2024-05-02T03:00:00Z")), is(LocalDate.parse("2024-05-02")));
  }

  @Test
  public void thinsOutWithAge() {
    SnapshotControl control =
        new SnapshotControl(
            LocalTime.MIDNIGHT,
            ZoneId.of("UTC"),
            new Keep(Period.ofDays(3), Period.ofWeeks(2), Period.ofMonths(2), Keep.FOREVER));

    List<String> days =
        control.kept(utc("2022-11-20T00:00:00Z"), utc("2024-03-14T05:00:00Z")).stream()
            .map(each -> each.toString().substring(0, 10))
            .toList();

    assertThat(
        days,
        contains(
            "2023-01-01", // yearly
            "2024-01-01",
            "2024-02-01", // monthly
            "2024-03-01",
            "2024-03-04", // weekly: Mondays
            "2024-03-11",
            "2024-03-12", // daily
            "2024-03-13",
            "2024-03-14"));
  }

  @Test
  public void isEmptyBeforeTheFirstInstant() {
    SnapshotControl control = at("03:00", "UTC");

    assertThat(control.kept(utc("2024-05-02T03:00:01Z"), utc("2024-05-02T23:00:00Z")), empty());
  }
}
