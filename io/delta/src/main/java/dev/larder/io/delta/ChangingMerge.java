package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.MergeRule.Fate;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Merges by a rule that changes stored rows, a range of keys at a time, as {@link AddingMerge} does
 * by rules that only add: what is to become of a stored row is said by its place, before the next
 * range is looked at. A range in which a stored row has to be seen in full, or goes (an event that
 * came again, or late), is put off: all such ranges are merged together at the end.
 */
final class ChangingMerge {
  /** A range has so many rows that came, or a few more. */
  private static final int ROWS_AT_ONCE = 1 << 11;

  private final LoadRule rule;
  private final String table;
  private final RowSchema schema;
  private final RankedRows came;
  private final RankedRows stored;
  private final PartFiles files;
  private final MergeRule late;
  private final MergedKeys lateKeys;

  /** Stored rows that a range was shown. */
  private int shown;

  private boolean anyLate;

  /**
   * @param schema of the table, in which the rows came
   * @param stored rows of at least the keys that came, as {@link PartFiles#rows} gives them
   * @param files where they are stored
   */
  ChangingMerge(
      LoadRule rule,
      String table,
      RowSchema schema,
      RankedRows came,
      RankedRows stored,
      PartFiles files) {
    this.rule = rule;
    this.table = table;
    this.schema = schema;
    this.came = came;
    this.stored = stored;
    this.files = files;
    this.late = MergeRule.of(rule, table, schema);
    this.lateKeys = new MergedKeys(schema, rule.key());
  }

  /**
   * Says the files what becomes of their rows.
   *
   * @param look sees each row that came
   * @param out takes the rows to add
   * @return how many they are
   */
  long merge(Consumer<Object[]> look, Consumer<Object[]> out) {
    long added = 0;
    for (int from = 0, to; from < came.size(); from = to) {
      to = came.end(from, ROWS_AT_ONCE);
      added += range(from, to, look, out);
    }
    if (anyLate) {
      files.show(late, lateKeys);
      List<Object[]> wanted = late.added();
      wanted.forEach(out);
      added += wanted.size();
    }
    return added;
  }

  private long range(int from, int to, Consumer<Object[]> look, Consumer<Object[]> out) {
    MergeRule range = MergeRule.of(rule, table, schema);
    for (Incoming row : came.rows(from, to)) {
      look.accept(row.values());
      range.incoming(row);
    }
    List<PartFiles.Hit> hits = new ArrayList<>();
    int upTo = stored.endOfRank(shown, came.upperRank(to - 1));
    for (Incoming row : stored.rows(shown, upTo)) {
      Fate fate = range.stored(row.values());
      if (fate != Fate.STAYS) {
        hits.add(new PartFiles.Hit(row.order(), fate));
      }
    }
    shown = upTo;
    List<Object[]> wanted = range.added();
    if (!files.end(hits)) {
      putOff(from, to);
      return 0;
    }
    wanted.forEach(out);
    return wanted.size();
  }

  private void putOff(int from, int to) {
    anyLate = true;
    for (Incoming row : came.rows(from, to)) {
      lateKeys.add(row.values());
      late.incoming(row);
    }
  }
}
