package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.file.RowMapper;
import java.util.ArrayList;
import java.util.List;

/** A table of one bucket in memory, for tests of rules. */
final class MergeTable {
  private final LoadRule rule;
  private final RowSchema schema;
  private final List<Object[]> rows = new ArrayList<>();
  private int changed;

  MergeTable(LoadRule rule, RowSchema schema) {
    this.rule = rule;
    this.schema = schema;
  }

  MergeTable load(List<MergeRule.Incoming> batch) {
    MergeRule merge = MergeRule.of(rule, "t", schema);
    batch.forEach(row -> merge.incoming(copy(row)));
    RowMapper projection = RowMapper.between(schema, merge.storedColumns());
    List<MergeRule.Fate> fates =
        rows.stream().map(row -> merge.stored(projection.map(row))).toList();
    List<Object[]> added = merge.added();
    List<Object[]> after = new ArrayList<>();
    for (int i = 0; i < fates.size(); i++) {
      Object[] instead = merge.instead(rows.get(i));
      requireVerdict(fates.get(i).verdict(), instead == rows.get(i));
      if (fates.get(i).verdict() == MergeRule.Verdict.ENDS) {
        requireEnd(merge, fates.get(i), rows.get(i), instead);
      }
      changed += instead == rows.get(i) ? 0 : 1;
      if (instead != MergeRule.GONE) {
        after.add(instead);
      }
    }
    rows.clear();
    rows.addAll(after);
    rows.addAll(added);
    return this;
  }

  /** What is said from some columns must hold for the row in full: files are left out by it. */
  private static void requireVerdict(MergeRule.Verdict verdict, boolean stays) {
    if (verdict != MergeRule.Verdict.DEPENDS) {
      assertThat(stays, is(verdict == MergeRule.Verdict.STAYS));
    }
  }

  /** A file is patched by it: the rest of the row must stay. */
  private void requireEnd(MergeRule merge, MergeRule.Fate fate, Object[] stored, Object[] instead) {
    Object[] ended = stored.clone();
    for (int i = 0; i < merge.endColumns().size(); i++) {
      ended[schema.position(merge.endColumns().get(i))] = fate.end()[i];
    }
    assertThat(Rows.text(instead), is(Rows.text(ended)));
  }

  /** Loads the events in batches that end where the cuts say. */
  MergeTable loadCut(List<MergeRule.Incoming> events, List<Integer> cuts) {
    int from = 0;
    for (int cut : cuts.stream().map(c -> c % (events.size() + 1)).sorted().toList()) {
      load(events.subList(from, cut));
      from = cut;
    }
    return load(events.subList(from, events.size()));
  }

  private static MergeRule.Incoming copy(MergeRule.Incoming row) {
    return new MergeRule.Incoming(row.values().clone(), row.order(), row.change());
  }

  List<Object[]> rows() {
    return rows;
  }

  List<String> texts() {
    return Rows.texts(rows);
  }

  /** So many stored rows were replaced or removed so far. */
  int changed() {
    return changed;
  }
}
