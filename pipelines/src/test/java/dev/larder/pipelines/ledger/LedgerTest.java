package dev.larder.pipelines.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.NotReadyException;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LedgerTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
  }

  @Test
  public void newLakeHasAnEmptyOne() {
    Ledger ledger = Ledger.open(lake);

    assertThat(ledger.entries(Ledger.STREAM), is(empty()));
    assertThat(ledger.last(Ledger.STREAM, State.PLANNED), is(0L));
    assertThat(ledger.unfinished(Ledger.STREAM), is(Optional.empty()));
  }

  @Test
  public void whatIsPlannedAndNotDoneIsUnfinished() {
    Ledger ledger = Ledger.open(lake);
    ledger.planned(Ledger.STREAM, 1, "first");
    ledger.done(Ledger.STREAM, 1, "{}");
    assertThat(ledger.unfinished(Ledger.STREAM), is(Optional.empty()));

    ledger.planned(Ledger.STREAM, 2, "second");

    assertThat(ledger.unfinished(Ledger.STREAM).map(LedgerEntry::body), is(Optional.of("second")));
    assertThat(ledger.last(Ledger.STREAM, State.PLANNED), is(2L));
    assertThat(ledger.last(Ledger.STREAM, State.DONE), is(1L));
  }

  @Test
  public void whatIsGivenUpIsNotUnfinished() {
    Ledger ledger = Ledger.open(lake);
    ledger.planned(Ledger.SNAPSHOT, 1, "first");

    ledger.givenUp(Ledger.SNAPSHOT, 1);

    assertThat(Ledger.open(lake).unfinished(Ledger.SNAPSHOT), is(Optional.empty()));
    assertThat(Ledger.open(lake).last(Ledger.SNAPSHOT, State.PLANNED), is(1L));
  }

  @Test
  public void anotherProcessReadsTheSameLinesByNumberPlannedFirst() {
    Ledger ledger = Ledger.open(lake);
    ledger.planned(Ledger.STREAM, 1, "a");
    ledger.planned(Ledger.SNAPSHOT, 1, "s");
    ledger.done(Ledger.STREAM, 1, "b");
    ledger.planned(Ledger.STREAM, 2, "c");

    Ledger other = Ledger.open(lake);

    assertThat(
        other.entries(Ledger.STREAM).stream()
            .map(line -> line.number() + " " + line.state() + " " + line.body())
            .toList(),
        contains("1 PLANNED a", "1 DONE b", "2 PLANNED c"));
    assertThat(
        other.find(Ledger.SNAPSHOT, 1, State.PLANNED).map(LedgerEntry::body), is(Optional.of("s")));
    assertThat(other.find(Ledger.SNAPSHOT, 1, State.DONE), is(Optional.empty()));
  }

  @Test
  public void refreshShowsWhatAnotherProcessWrote() {
    Ledger ledger = Ledger.open(lake);
    Ledger.open(lake).planned(Ledger.SNAPSHOT, 1, "s");
    assertThat(ledger.entries(Ledger.SNAPSHOT), is(empty()));

    ledger.refresh();

    assertThat(ledger.unfinished(Ledger.SNAPSHOT).map(LedgerEntry::number), is(Optional.of(1L)));
  }

  @Test
  public void ofTwoProcessesThatPlanTheSameNumberOneIsRefused() {
    Ledger first = Ledger.open(lake);
    Ledger second = Ledger.open(lake);
    first.planned(Ledger.STREAM, 1, "mine");

    NotReadyException error =
        assertThrows(
            NotReadyException.class, () -> second.planned(Ledger.STREAM, 1, "mine as well"));

    assertThat(
        error.getMessage(),
        is(
            "stream 1 of the lake "
                + lake
                + " was written to the ledger by another process. Only one process may run it: stop"
                + " the other, or wait until it has ended, and start again."));
    second.refresh();
    assertThat(
        second.entries(Ledger.STREAM).stream().map(LedgerEntry::body).toList(), contains("mine"));
  }

  @Test
  public void aFoldStandsForTheLinesUpToItAndLeavesTheOthers() {
    Ledger ledger = Ledger.open(lake);
    for (int batch = 1; batch <= 5; batch++) {
      ledger.planned(Ledger.STREAM, batch, "plan " + batch);
      ledger.done(Ledger.STREAM, batch, "done " + batch);
    }
    Ledger.open(lake).planned(Ledger.SNAPSHOT, 1, "by another process");
    ledger.planned(Ledger.STREAM, 6, "plan 6");

    ledger.fold(Ledger.STREAM, 4, "four");

    Ledger other = Ledger.open(lake);
    assertThat(
        other.entries(Ledger.STREAM).stream().map(LedgerEntry::body).toList(),
        contains("four", "plan 5", "done 5", "plan 6"));
    assertThat(other.folded(Ledger.STREAM).map(LedgerEntry::number), is(Optional.of(4L)));
    assertThat(other.unfinished(Ledger.STREAM).map(LedgerEntry::number), is(Optional.of(6L)));
    assertThat(other.last(Ledger.STREAM, State.DONE), is(5L));
    assertThat(other.last(Ledger.SNAPSHOT, State.PLANNED), is(1L));
    ledger.refresh();
    assertThat(ledger.entries(Ledger.STREAM), is(other.entries(Ledger.STREAM)));
  }

  @Test
  public void aLineThatWasFoldedIsStillWrittenOnce() {
    Ledger ledger = Ledger.open(lake);
    ledger.planned(Ledger.STREAM, 1, "a");
    ledger.done(Ledger.STREAM, 1, "b");
    ledger.fold(Ledger.STREAM, 1, "one");

    assertThrows(
        NotReadyException.class, () -> Ledger.open(lake).planned(Ledger.STREAM, 1, "again"));
    assertThat(ledger.last(Ledger.STREAM, State.PLANNED), is(1L));
  }

  @Test
  public void onlyTheKindsThatAreAskedForAreReadAgain() {
    Ledger ledger = Ledger.open(lake);
    ledger.planned(Ledger.STREAM, 1, "mine");
    Ledger other = Ledger.open(lake);
    other.planned(Ledger.SNAPSHOT, 1, "theirs");
    other.planned(Ledger.STREAM, 2, "not looked for");

    ledger.refresh(Set.of(Ledger.SNAPSHOT));

    assertThat(ledger.find(Ledger.SNAPSHOT, 1, State.PLANNED).isPresent(), is(true));
    assertThat(ledger.last(Ledger.STREAM, State.PLANNED), is(1L));
  }
}
