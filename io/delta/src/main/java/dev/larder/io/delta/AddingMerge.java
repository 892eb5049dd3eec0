package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.List;
import java.util.function.Consumer;

/**
 * Merges by a rule that only adds rows, or into nothing, a range of keys at a time: a rule looks at
 * each key by itself, so that a range is a small bucket to it. Only the rows of one range are
 * objects; both those that came and those that are stored are gone through in the order of their
 * keys' ranks, and what is added comes in the order of keys.
 */
final class AddingMerge {
  /** A range has so many rows that came, or a few more. */
  private static final int ROWS_AT_ONCE = 1 << 11;

  private final LoadRule rule;
  private final String table;
  private final RowSchema schema;
  private final RankedRows came;
  private final RankedRows stored;

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
  }

  /**
   * @param look sees each row that came
   * @param out takes the rows to add
   * @return how many they are
   */
  long merge(Consumer<Object[]> look, Consumer<Object[]> out) {
    long added = 0;
    int shown = 0;
    for (int from = 0, to; from < came.size(); from = to) {
      to = came.end(from, ROWS_AT_ONCE);
      MergeRule range = MergeRule.of(rule, table, schema);
      for (Incoming row : came.rows(from, to)) {
        look.accept(row.values());
        range.incoming(row);
      }
      int upTo = stored.endOfRank(shown, came.upperRank(to - 1));
      for (Incoming row : stored.rows(shown, upTo)) {
        range.stored(row.values());
      }
      shown = upTo;
      List<Object[]> wanted = range.added();
      wanted.forEach(out);
      added += wanted.size();
    }
    return added;
  }
}
