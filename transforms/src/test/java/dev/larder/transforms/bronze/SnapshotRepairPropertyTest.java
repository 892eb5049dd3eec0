package dev.larder.transforms.bronze;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.Chain;
import dev.larder.transforms.SourceFake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens while a snapshot reads, its repaired rows are the table's rows at P0. */
class SnapshotRepairPropertyTest {
  static final TableSchema TABLE =
      Chain.schema("pos.things", "id", "id int!, name string, amount int");
  private static final int KEYS = 6;
  private static final int STEPS = 40;

  static SourceFake things(long seed) {
    return new SourceFake(
        TABLE,
        seed,
        STEPS,
        KEYS,
        (id, random) -> new Object[] {id, "n" + random.nextInt(3), random.nextInt(3) + 0L});
  }

  /** Reads each row at a time of its own between the start and the end of the snapshot. */
  static List<ChangeRecord> snapshot(SourceFake source, int start, int end) {
    List<ChangeRecord> rows = new ArrayList<>();
    for (long id = 1; id <= KEYS; id++) {
      int seenAt = start + source.random().nextInt(end - start + 1);
      Object[] row = source.row(id, seenAt);
      if (row != null) {
        rows.add(read(row, start));
      }
    }
    return rows;
  }

  static SnapshotWindow window(int start, int end) {
    return new SnapshotWindow(
        SourceFake.sequence(start), SourceFake.committedAt(start), SourceFake.sequence(end));
  }

  static ChangeRecord read(Object[] row, int start) {
    return ChangeRecord.read(TABLE, row, SourceFake.committedAt(start), SourceFake.sequence(start));
  }

  static Map<Long, String> state(Iterable<ChangeRecord> rows, int start) {
    Map<Long, String> state = new TreeMap<>();
    for (ChangeRecord row : rows) {
      assertThat(row.operation(), is(Operation.READ));
      assertThat(row.sequence(), is(SourceFake.sequence(start)));
      assertThat(row.committedAt(), is(SourceFake.committedAt(start)));
      state.put((Long) row.after()[0], Arrays.toString(row.after()));
    }
    return state;
  }

  static Map<Long, String> truth(SourceFake source, int start) {
    Map<Long, String> truth = new TreeMap<>();
    source.rows(start).forEach((id, row) -> truth.put(id, Arrays.toString(row)));
    return truth;
  }

  /** The rule as a whole, without Beam: what RepairSnapshot does by steps. */
  private static List<ChangeRecord> repaired(
      SnapshotRepair repair, List<ChangeRecord> snapshot, List<ChangeRecord> log) {
    Map<String, ChangeRecord> firsts = new HashMap<>();
    for (ChangeRecord change : log) {
      repair.touched(change, (key, touching) -> firsts.merge(key, touching, SnapshotRepair::first));
    }
    List<ChangeRecord> rows = new ArrayList<>();
    for (ChangeRecord row : snapshot) {
      if (!firsts.containsKey(SnapshotRepair.key(TABLE, row.after()))) {
        rows.add(row);
      }
    }
    firsts.forEach((key, first) -> repair.rowAtStart(key, first).ifPresent(rows::add));
    return rows;
  }

  @Property(tries = 1000)
  void repairedSnapshotIsTheStateAtItsStart(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = STEPS) int start,
      @ForAll @IntRange(min = 0, max = STEPS) int length) {
    int end = Math.min(STEPS, start + length);
    SourceFake source = things(seed);
    List<ChangeRecord> log = new ArrayList<>(source.logAfter(0));
    Collections.shuffle(log, new Random(seed));
    SnapshotRepair repair = new SnapshotRepair(Map.of(TABLE.id(), window(start, end)));

    List<ChangeRecord> rows = repaired(repair, snapshot(source, start, end), log);

    assertThat(state(rows, start), is(truth(source, start)));
    assertThat(rows.size(), is(truth(source, start).size()));
  }

  @Property(tries = 200)
  void keysOfOneTableDifferExactlyIfTheRowsKeysDo(
      @ForAll String a, @ForAll String b, @ForAll String c, @ForAll String d) {
    TableSchema table = Chain.schema("s.t", "x,y", "x string!, y string!");
    Object[] left = {a, b};
    Object[] right = {c, d};

    assertThat(
        SnapshotRepair.key(table, left).equals(SnapshotRepair.key(table, right)),
        is(Values.sameRow(left, right)));
  }
}
