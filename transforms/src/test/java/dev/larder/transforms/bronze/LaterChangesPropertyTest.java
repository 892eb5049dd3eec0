package dev.larder.transforms.bronze;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.Chain;
import dev.larder.transforms.SourceFake;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** {@link LaterChanges} against its definition, word by word. */
class LaterChangesPropertyTest {
  private static final TableSchema TABLE = SnapshotRepairPropertyTest.TABLE;
  private static final TableSchema KEYLESS =
      Chain.schema("pos.notes", "", "id int, text string, amount int");

  static ChangeRecord truncate(TableSchema table, int step) {
    return new ChangeRecord(
        table,
        Operation.TRUNCATE,
        null,
        null,
        SourceFake.committedAt(step / 3),
        SourceFake.sequence(step),
        Origin.LOG,
        null);
  }

  /** A log whose updates change keys now and then, with a TRUNCATE in some. */
  private static List<ChangeRecord> log(long seed) {
    Random random = new Random(seed);
    List<ChangeRecord> log = new ArrayList<>();
    for (int step = 1; step <= 30; step++) {
      log.add(
          random.nextInt(15) == 0
              ? truncate(TABLE, step)
              : new ChangeRecord(
                  TABLE,
                  Operation.UPDATE,
                  new Object[] {1L + random.nextInt(5), "a", 0L},
                  new Object[] {1L + random.nextInt(5), "b", 0L},
                  SourceFake.committedAt(step / 3),
                  SourceFake.sequence(step),
                  Origin.LOG,
                  null));
    }
    return log;
  }

  private static boolean isTruncate(ChangeRecord change) {
    return change.operation() == Operation.TRUNCATE;
  }

  private static boolean follows(ChangeRecord change, List<ChangeRecord> batch) {
    return batch.stream()
        .filter(first -> change.sequence().compareTo(first.sequence()) > 0)
        .anyMatch(
            first ->
                change.operation() == Operation.TRUNCATE
                    || first.operation() == Operation.TRUNCATE
                    || sharesAKey(change, first));
  }

  private static boolean sharesAKey(ChangeRecord left, ChangeRecord right) {
    for (Object[] one : List.of(left.before(), left.after())) {
      for (Object[] other : List.of(right.before(), right.after())) {
        if (Values.same(one[0], other[0])) {
          return true;
        }
      }
    }
    return false;
  }

  @Property
  void whatFollowsABatchIsWhatSharesAKeyWithAnEarlierChangeOfIt(
      @ForAll long seed, @ForAll long choice) {
    List<ChangeRecord> log = log(seed);
    Random random = new Random(choice);
    List<ChangeRecord> batch = log.stream().filter(any -> random.nextInt(8) == 0).toList();
    LaterChanges half = new LaterChanges(ChangeKeys.ofSource());
    LaterChanges later = new LaterChanges(ChangeKeys.ofSource());
    for (ChangeRecord change : batch) {
      (random.nextBoolean() ? half : later).touch(change);
    }
    half.marks(later::mark);
    log.stream().filter(change -> isTruncate(change)).forEach(later::truncate);

    for (ChangeRecord change : log) {
      boolean followsAtOnce =
          log.stream()
              .filter(each -> isTruncate(each) && follows(each, batch))
              .filter(each -> each.committedAt() == change.committedAt())
              .anyMatch(each -> each.sequence().compareTo(change.sequence()) < 0);
      assertThat(
          change.toString(), later.isLater(change), is(followsAtOnce || follows(change, batch)));
    }
  }

  @Example
  void ofATableWithoutAKeyEverythingFollows() {
    LaterChanges later = new LaterChanges(ChangeKeys.ofSource());
    later.touch(read(KEYLESS, 1, 5));

    assertThat(later.isLater(read(KEYLESS, 2, 6)), is(true));
    assertThat(later.isLater(read(KEYLESS, 1, 4)), is(false));
    assertThat(later.isLater(read(TABLE, 1, 6)), is(false));
  }

  private static ChangeRecord read(TableSchema table, long id, int step) {
    return ChangeRecord.read(
        table, new Object[] {id, "a", 0L}, SourceFake.committedAt(step), SourceFake.sequence(step));
  }
}
