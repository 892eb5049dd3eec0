package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** However many readers there are, and however slow each is. */
public class RowPacePropertyTest {
  private static final double NANOS_PER_SECOND = 1e9;

  private record Turn(long at, int rows) {}

  private record Reader(long wakes) {}

  /** Readers that take a turn, wait for it, read, dawdle, and take the next one. */
  private static List<Turn> simulated(long rate, int readers, long dawdle, long start, long seed) {
    RowPace pace = new RowPace(rate);
    Random random = new Random(seed);
    PriorityQueue<Reader> waking =
        new PriorityQueue<>((one, other) -> Long.compare(one.wakes - start, other.wakes - start));
    for (int i = 0; i < readers; i++) {
      waking.add(new Reader(start + random.nextInt(1_000_000)));
    }
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Reader reader = waking.remove();
      int rows = 1 + random.nextInt(1_000);
      long at = reader.wakes + pace.turn(rows, reader.wakes);
      turns.add(new Turn(at, rows));
      waking.add(new Reader(at + (dawdle == 0 ? 0 : Math.floorMod(random.nextLong(), dawdle))));
    }
    return turns;
  }

  @Property(tries = 100)
  void noMoreRowsThanWantedInAnyTime(
      @ForAll @LongRange(min = 1, max = 10_000_000) long rate,
      @ForAll @IntRange(min = 1, max = 8) int readers,
      @ForAll @LongRange(min = 0, max = 2_000_000_000L) long dawdle,
      @ForAll long start,
      @ForAll long seed) {
    List<Turn> turns = simulated(rate, readers, dawdle, start, seed);

    for (int from = 0; from < turns.size(); from++) {
      long rows = 0;
      for (int to = from; to < turns.size(); to++) {
        long nanos = turns.get(to).at - turns.get(from).at;
        double allowed = rate * (nanos + RowPace.SLACK_NANOS) / NANOS_PER_SECOND;
        assertThat((double) rows, lessThanOrEqualTo(allowed + 1));
        rows += turns.get(to).rows;
      }
    }
  }

  @Property(tries = 100)
  void readersThatAreReadyGetAllOfIt(
      @ForAll @LongRange(min = 1, max = 10_000_000) long rate,
      @ForAll @IntRange(min = 1, max = 8) int readers,
      @ForAll long start,
      @ForAll long seed) {
    List<Turn> turns = simulated(rate, readers, 0, start, seed);
    Turn last = turns.get(turns.size() - 1);
    long rows = turns.stream().mapToLong(Turn::rows).sum() - last.rows;
    double nanos = last.at - turns.get(0).at;

    assertThat(nanos, closeTo(rows * NANOS_PER_SECOND / rate, 2e6));
  }

  @Property(tries = 20)
  void theFirstTurnIsThereAtOnce(@ForAll @LongRange(min = 1) long rate, @ForAll long start) {
    assertThat(new RowPace(rate).turn(1_000, start), is(0L));
  }
}
