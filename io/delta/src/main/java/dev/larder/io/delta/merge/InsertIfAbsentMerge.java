package dev.larder.io.delta.merge;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link LoadRule.InsertIfAbsent}: of the rows that came the first in order, unless one is stored.
 */
public final class InsertIfAbsentMerge implements MergeRule {
  private final String table;
  private final RowSchema storedColumns;
  private final RowKey.Of incomingKey;
  private final RowKey.Of storedKey;
  private final Comparator<Incoming> inOrder;
  private final Map<RowKey, Incoming> absent = new HashMap<>();

  InsertIfAbsentMerge(LoadRule.InsertIfAbsent rule, String table, RowSchema schema) {
    this.table = table;
    this.storedColumns = MergeRule.columns(schema, rule.key());
    this.incomingKey = new RowKey.Of(schema, rule.key());
    this.storedKey = new RowKey.Of(storedColumns, rule.key());
    this.inOrder = Incoming.inOrder();
  }

  @Override
  public void incoming(Incoming row) {
    MergeRule.refuseDeleteAll(row, table, "InsertIfAbsent");
    if (row.change() == Change.DELETE) {
      throw DeltaErrors.deleteNotAllowed(table, "InsertIfAbsent");
    }
    absent.merge(
        incomingKey.key(row.values()),
        row,
        (known, other) -> inOrder.compare(known, other) <= 0 ? known : other);
  }

  @Override
  public RowSchema storedColumns() {
    return storedColumns;
  }

  @Override
  public Fate stored(Object[] row) {
    absent.remove(storedKey.key(row));
    return Fate.STAYS;
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>(absent.size());
    absent.values().forEach(row -> added.add(row.values()));
    incomingKey.sort(added, (left, right) -> 0);
    return added;
  }
}
