package dev.larder.io.delta.merge;

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
  private int removed;

  MergeTable(LoadRule rule, RowSchema schema) {
    this.rule = rule;
    this.schema = schema;
  }

  MergeTable load(List<MergeRule.Incoming> batch) {
    MergeRule merge = MergeRule.of(rule, "t", schema);
    batch.forEach(row -> merge.incoming(copy(row)));
    RowMapper projection = RowMapper.between(schema, merge.storedColumns());
    rows.forEach(row -> merge.stored(projection.map(row)));
    List<Object[]> added = merge.added();
    int before = rows.size();
    rows.removeIf(merge::removes);
    removed += before - rows.size();
    rows.addAll(added);
    return this;
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

  int removed() {
    return removed;
  }
}
