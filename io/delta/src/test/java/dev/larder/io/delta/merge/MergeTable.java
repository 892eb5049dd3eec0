package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.file.RowMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    merge
        .newestBy()
        .filter(any -> batch.stream().noneMatch(row -> row.change() == Change.DELETE_ALL))
        .ifPresent(order -> requireSameOfTheNewest(batch, order, fates, added));
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

  /** Rows that the rule need not be shown stay, and make no difference to what it says. */
  private void requireSameOfTheNewest(
      List<MergeRule.Incoming> batch,
      String order,
      List<MergeRule.Fate> fates,
      List<Object[]> added) {
    NewestRows newest = new NewestRows(schema, rule.key(), order);
    MergeRule merge = MergeRule.of(rule, "t", schema);
    for (MergeRule.Incoming row : batch) {
      newest.came(row.values());
      merge.incoming(copy(row));
    }
    RowMapper keyAndOrder = RowMapper.between(schema, newest.columns());
    for (int i = 0; i < rows.size(); i++) {
      newest.stored(keyAndOrder.map(rows.get(i)), 0, i);
    }
    RowMapper projection = RowMapper.between(schema, merge.storedColumns());
    Map<Integer, MergeRule.Fate> shown = new HashMap<>();
    for (long place : newest.places(1)[0]) {
      shown.put((int) place, merge.stored(projection.map(rows.get((int) place))));
    }
    assertThat(Rows.texts(merge.added()), is(Rows.texts(added)));
    for (int i = 0; i < fates.size(); i++) {
      MergeRule.Fate fate = shown.getOrDefault(i, MergeRule.Fate.STAYS);
      assertThat(fate.verdict(), is(fates.get(i).verdict()));
    }
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

  /** What is there already may be loaded again: no row is added, replaced or goes. */
  void requireUnchangedBy(List<MergeRule.Incoming> batch) {
    List<String> before = texts();
    int changedBefore = changed;
    load(batch);
    assertThat(texts(), is(before));
    assertThat(changed, is(changedBefore));
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
