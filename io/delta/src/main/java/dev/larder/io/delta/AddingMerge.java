package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges by a rule that only adds rows, or into nothing, a range of keys at a time: a rule looks at
 * each key by itself, so that a range is a small bucket to it. Only the rows of one range are
 * objects; both those that came and those that are stored are gone through in the order of their
 * keys' ranks, and what is added comes in the order of keys.
 *
 * <p>Where one row came for each key of a range, and none of them is stored, rules that add rows as
 * they came have nothing to look at: such rows are handed on encoded.
 */
final class AddingMerge {
  /** A range has so many rows that came, or a few more. */
  private static final int ROWS_AT_ONCE = 1 << 11;

  /** So many rows are looked at by the rule, or handed on, together at least. */
  private static final int ROWS_AT_LEAST = 1 << 6;

  private final LoadRule rule;
  private final String table;
  private final RowSchema schema;
  private final RankedRows came;
  private final RankedRows stored;
  private final boolean mayHandOn;
  private final List<Range> judged = new ArrayList<>();

  /** Stored rows that the rule was shown. */
  private int shown;

  /** Stored rows before the range that was looked at last. */
  private int passed;

  /** What comes of a merge. */
  interface Added {
    /** Sees a row that came, before the rule does. */
    void look(Object[] row);

    /** A row to add. */
    void add(Object[] row);

    /** A row that came and is to be added as it is. */
    void handOn(int row);
  }

  /** Rows that came, by their places. */
  record Range(int from, int to) {}

  /**
   * @param schema of the table, in which the rows came
   * @param stored rows of at least the keys that came, in the rule's columns
   */
  AddingMerge(LoadRule rule, String table, RowSchema schema, RankedRows came, RankedRows stored) {
    this.rule = rule;
    this.table = table;
    this.schema = schema;
    this.came = came;
    this.stored = stored;
    this.mayHandOn = LoadPlan.addsAsTheyCame(rule) && came.areAllThere();
  }

  /**
   * @return how many rows are to be added
   */
  long merge(Added out) {
    long added = 0;
    for (int from = 0, to; from < came.size(); from = to) {
      to = came.end(from, ROWS_AT_LEAST);
      if (isNew(from, to)) {
        for (int row = from; row < to; row++) {
          out.handOn(row);
        }
        added += to - from;
        continue;
      }
      while (to - from < ROWS_AT_ONCE && to < came.size()) {
        int next = came.end(to, ROWS_AT_LEAST);
        if (isNew(to, next)) {
          break;
        }
        to = next;
      }
      added += judge(from, to, out);
    }
    return added;
  }

  /** Whether one row came for each key of a range, and none is stored. */
  private boolean isNew(int from, int to) {
    if (!mayHandOn || !came.areAlone(from, to)) {
      return false;
    }
    passed = stored.endOfRank(passed, came.upperRank(from) - 1);
    return passed == stored.size() || stored.upperRank(passed) > came.upperRank(to - 1);
  }

  private long judge(int from, int to, Added out) {
    MergeRule range = MergeRule.of(rule, table, schema);
    for (Incoming row : came.rows(from, to)) {
      out.look(row.values());
      range.incoming(row);
    }
    int upTo = stored.endOfRank(shown, came.upperRank(to - 1));
    for (Incoming row : stored.rows(shown, upTo)) {
      range.stored(row.values());
    }
    shown = upTo;
    List<Object[]> wanted = range.added();
    wanted.forEach(out::add);
    judged.add(new Range(from, to));
    return wanted.size();
  }

  /** What was not handed on, in order. */
  List<Range> judged() {
    return judged;
  }
}
