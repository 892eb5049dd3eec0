package dev.larder.io.delta.merge;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link LoadRule.InsertIfChanged}: a row that came is added if it differs from the version before
 * it in order. A row whose key and order are stored is the event that is stored: it is ignored.
 *
 * <p>What a table of this kind cannot know: if A came at 1 and at 3, the second was not stored; B
 * that then comes late, at 2, is added and A at 3 stays missing. Nor can it know of an end of all
 * rows for a key of which it had no row then. Who loads late rows loads them with the later events
 * of their keys.
 *
 * <p><b>Cost</b>: holds the rows that came, and order and compared columns of the stored rows of
 * their keys; with an end of all rows those of every key of the bucket.
 */
public final class InsertIfChangedMerge implements MergeRule {
  private final String table;
  private final String order;
  private final RowSchema storedColumns;
  private final Layout incoming;
  private final Layout stored;
  private final Comparator<Incoming> inOrder;
  private final Map<RowKey, Versions> keys = new HashMap<>();

  /** Rows that stand for the end of all before them; while there are none, few keys are kept. */
  private final List<Incoming> ends = new ArrayList<>(0);

  InsertIfChangedMerge(LoadRule.InsertIfChanged rule, String table, RowSchema schema) {
    this.table = table;
    this.order = rule.order();
    List<String> needed = new ArrayList<>(rule.key());
    needed.add(rule.order());
    needed.addAll(rule.compared());
    this.storedColumns = MergeRule.columns(schema, needed);
    this.incoming = new Layout(rule, schema);
    this.stored = new Layout(rule, storedColumns);
    Comparator<Incoming> byColumn =
        (left, right) ->
            Values.compare(left.values()[incoming.order], right.values()[incoming.order]);
    this.inOrder = byColumn.thenComparing(Incoming.inOrder());
  }

  /** Where the rule's columns are in rows of one schema. */
  private static final class Layout {
    private final RowKey.Of key;
    private final int order;
    private final RowKey.Of compared;

    Layout(LoadRule.InsertIfChanged rule, RowSchema schema) {
      this.key = new RowKey.Of(schema, rule.key());
      this.order = schema.position(rule.order());
      this.compared = new RowKey.Of(schema, rule.compared());
    }

    Version version(Object[] row) {
      return new Version(row[order], compared.key(row));
    }
  }

  private record Version(Object order, RowKey compared) {}

  private static final class Versions {
    private final List<Incoming> came = new ArrayList<>(1);
    private final List<Version> stored = new ArrayList<>(0);
  }

  @Override
  public void incoming(Incoming row) {
    if (row.change() == Change.DELETE) {
      throw DeltaErrors.deleteNotAllowed(table, "InsertIfChanged");
    } else if (row.change() == Change.DELETE_ALL) {
      ends.add(row);
      return;
    }
    keys.computeIfAbsent(incoming.key.key(row.values()), key -> new Versions()).came.add(row);
  }

  @Override
  public RowSchema storedColumns() {
    return storedColumns;
  }

  @Override
  public Optional<String> newestBy() {
    return Optional.of(order);
  }

  @Override
  public Fate stored(Object[] row) {
    RowKey key = stored.key.key(row);
    Versions versions =
        ends.isEmpty() ? keys.get(key) : keys.computeIfAbsent(key, any -> new Versions());
    if (versions != null) {
      versions.stored.add(stored.version(row));
    }
    return Fate.STAYS;
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    if (!ends.isEmpty()) {
      keys.forEach(this::end);
    }
    keys.values().forEach(versions -> addChanged(versions, added));
    incoming.key.sort(
        added, (left, right) -> Values.compare(left[incoming.order], right[incoming.order]));
    return added;
  }

  /** Adds what ends all rows as rows of this key. */
  private void end(RowKey key, Versions versions) {
    for (Incoming end : ends) {
      Object[] values = end.values().clone();
      incoming.key.fill(key, values);
      versions.came.add(new Incoming(values, end.order(), end.change()));
    }
  }

  private void addChanged(Versions versions, List<Object[]> added) {
    if (versions.stored.isEmpty() && versions.came.size() == 1 && ends.isEmpty()) {
      added.add(versions.came.get(0).values());
      return;
    }
    versions.stored.sort((left, right) -> Values.compare(left.order, right.order));
    versions.came.sort(inOrder);
    int next = 0;
    Version before = null;
    for (Incoming row : versions.came) {
      Version version = incoming.version(row.values());
      while (next < versions.stored.size()
          && Values.compare(versions.stored.get(next).order, version.order) <= 0) {
        before = versions.stored.get(next++);
      }
      boolean sameEvent = before != null && Values.compare(before.order, version.order) == 0;
      boolean isChange =
          before == null
              ? row.change() != Change.DELETE_ALL
              : !before.compared.equals(version.compared);
      if (!sameEvent && isChange) {
        added.add(row.values());
        before = version;
      }
    }
  }
}
