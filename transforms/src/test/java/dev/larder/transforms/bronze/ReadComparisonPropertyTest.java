package dev.larder.transforms.bronze;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.bronze.ComparedTable.Gone;
import dev.larder.transforms.bronze.ComparedTable.Unchanged;
import dev.larder.transforms.bronze.ReadComparison.Found;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Reads of a table that are compared one after the other leave its whole history in bronze. */
class ReadComparisonPropertyTest {
  private static final TableSchema TABLE = CompareReadsTest.TABLE;
  private static final int PARTS = 3;

  /** What a table holds when it is read: some rows as before, some others, some not at all. */
  private static Map<Long, String> next(Map<Long, String> rows, int keys, Random random) {
    Map<Long, String> next = new TreeMap<>(rows);
    for (long id = 1; id <= keys; id++) {
      switch (random.nextInt(5)) {
        case 0 -> next.remove(id);
        case 1 -> next.put(id, "v" + random.nextInt(3));
        default -> {}
      }
    }
    return next;
  }

  private static Found found(ChangeRecord row, List<ChangeRecord> bronze, List<ChangeRecord> read) {
    KeyHash key = new KeyHash.Of().hash(row);
    FoundKeys keys = new FoundKeys(PARTS);
    comparisons(bronze, read)
        .forEach(
            part -> part.found().forEach((what, found) -> keys.add(FoundKeys.block(what, found))));
    return keys.find(key);
  }

  private static List<ReadComparison> comparisons(
      List<ChangeRecord> bronze, List<ChangeRecord> read) {
    List<ReadComparison> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      parts.add(new ReadComparison());
    }
    bronze.forEach(change -> add(parts, change, false));
    read.forEach(change -> add(parts, change, true));
    return parts;
  }

  private static void add(List<ReadComparison> parts, ChangeRecord change, boolean isNow) {
    KeyHash key = new KeyHash.Of().hash(change);
    ByteBuffer mark = ByteBuffer.allocate(ReadComparison.MARK_BYTES);
    if (isNow) {
      ReadComparison.markNow(key, change, mark);
    } else {
      ReadComparison.markBefore(key, change, mark);
    }
    parts.get(key.part(PARTS)).add(mark.flip());
  }

  @Property(tries = 100)
  void whatIsKeptOfEachReadTellsTheNextOneWhatItWas(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int keys) {
    Random random = new Random(seed);
    List<ChangeRecord> bronze = new ArrayList<>();
    Map<Long, String> before = Map.of();
    for (int number = 1; number <= 4; number++) {
      Map<Long, String> now = next(before, keys, random);
      ComparedTable table =
          new ComparedTable(new Sequence(0, number, 1), number, Gone.DELETED, Unchanged.LEFT_OUT);
      List<ChangeRecord> read = new ArrayList<>();
      now.forEach((id, value) -> read.add(row(id, value, table)));
      Collections.shuffle(bronze, random);
      List<ChangeRecord> kept = new ArrayList<>();
      for (ChangeRecord row : read) {
        long id = (Long) row.after()[0];
        Found found = found(row, bronze, read);
        String was = before.get(id);
        boolean isSame = row.after()[1].equals(was);
        assertThat(found, is(isSame ? null : was == null ? Found.NEW : Found.CHANGED));
        if (found == Found.NEW) {
          kept.add(ReadChange.of(row, table));
        } else if (found == Found.CHANGED) {
          ChangeRecord old = row(id, was, table);
          kept.addAll(ReadChange.changed(old, row, table, ChangeKeys.ofSource()));
        }
      }
      for (Map.Entry<Long, String> old : before.entrySet()) {
        if (!now.containsKey(old.getKey())) {
          ChangeRecord row = row(old.getKey(), old.getValue(), table);
          assertThat(found(row, bronze, read), is(Found.GONE));
          kept.add(ReadChange.gone(row, table));
        }
      }
      bronze.addAll(kept);
      before = now;
    }
    assertThat(folded(bronze), is(before));
  }

  private static Map<Long, String> folded(List<ChangeRecord> bronze) {
    Map<Long, String> rows = new HashMap<>();
    bronze.sort((left, right) -> left.sequence().compareTo(right.sequence()));
    for (ChangeRecord change : bronze) {
      if (change.after() == null) {
        rows.remove((Long) change.before()[0]);
      } else {
        rows.put((Long) change.after()[0], (String) change.after()[1]);
      }
    }
    return rows;
  }

  private static ChangeRecord row(long id, String value, ComparedTable table) {
    return ChangeRecord.read(TABLE, new Object[] {id, value, "k"}, table.readAt(), table.read());
  }

  @Property(tries = 5)
  void manyKeysAreFoundEach(@ForAll long seed) {
    ReadComparison comparison = new ReadComparison();
    Random random = new Random(seed);
    int keys = 5_000;
    ComparedTable table =
        new ComparedTable(new Sequence(0, 2, 1), 2, Gone.DELETED, Unchanged.LEFT_OUT);
    KeyHash.Of hashes = new KeyHash.Of();
    int changed = 0;
    for (long id = 1; id <= keys; id++) {
      boolean isChanged = random.nextBoolean();
      changed += isChanged ? 1 : 0;
      ByteBuffer marks = ByteBuffer.allocate(2 * ReadComparison.MARK_BYTES);
      ChangeRecord now = row(id, isChanged ? "b" : "a", table);
      ReadComparison.markNow(hashes.hash(now), now, marks);
      ChangeRecord was =
          ChangeRecord.read(TABLE, new Object[] {id, "a", "k"}, 1, new Sequence(0, 1, 1));
      ReadComparison.markBefore(hashes.hash(was), was, marks);
      comparison.add(marks.flip());
    }

    assertThat(comparison.found().getOrDefault(Found.CHANGED, List.of()).size(), is(changed));
    assertThat(comparison.found().containsKey(Found.NEW), is(false));
  }
}
