package dev.larder.pipelines.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.TableId;
import dev.larder.pipelines.ledger.SnapshotWaves.Wave;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the ledger says of the waves of a snapshot, also to the process that comes next. */
public class SnapshotWavesTest {
  private static final TableId ORDERS = TableId.parse("pos.orders");
  private static final TableId UNITS = TableId.parse("pos.units");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
  }

  private SnapshotWaves next(long snapshot) {
    return new SnapshotWaves(Ledger.open(lake), snapshot);
  }

  @Test
  public void nothingIsDoneAtTheStart() {
    assertThat(next(1).rangesDone(), is(0));
    assertThat(next(1).unfinished(), is(Optional.empty()));
    assertThat(next(1).totals(), is(Map.of()));
  }

  @Test
  public void aWaveThatIsNotDoneIsFoundByTheNextProcess() {
    next(1).plan(4);

    Wave wave = next(1).unfinished().orElseThrow();

    assertThat(wave, is(new Wave(1, WaveEntry.planned(1, 0, 4))));
    assertThat(next(1).rangesDone(), is(0));
  }

  @Test
  public void totalsOfWavesAddUp() {
    Wave first = next(1).plan(4);
    next(1).done(first, Map.of(ORDERS, new TableTotals(10, 80, Long.MAX_VALUE, 5)));
    Wave second = next(1).plan(7);
    next(1)
        .done(
            second,
            Map.of(ORDERS, new TableTotals(1, 8, 2, 3), UNITS, new TableTotals(2, 16, 9, 1)));

    assertThat(second.entry(), is(WaveEntry.planned(1, 4, 7)));
    assertThat(next(1).rangesDone(), is(7));
    assertThat(next(1).unfinished(), is(Optional.empty()));
    assertThat(
        next(1).totals(),
        is(
            Map.of(
                ORDERS, new TableTotals(11, 88, Long.MIN_VALUE + 1, 8),
                UNITS, new TableTotals(2, 16, 9, 1))));
  }

  @Test
  public void wavesOfASnapshotThatWasGivenUpAreNoOthers() {
    next(1).plan(4);

    assertThat(next(2).unfinished(), is(Optional.empty()));
    assertThat(next(2).plan(3), is(new Wave(2, WaveEntry.planned(2, 0, 3))));
  }

  @Test
  public void ofTwoProcessesThatPlanAWaveOneIsRefused() {
    SnapshotWaves one = next(1);
    SnapshotWaves other = next(1);
    one.plan(4);

    assertThrows(NotReadyException.class, () -> other.plan(4));
  }
}
