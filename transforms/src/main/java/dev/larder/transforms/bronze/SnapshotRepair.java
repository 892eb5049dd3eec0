package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The rule that makes a snapshot exact without a lock. A row that was read after P0 may hold a
 * later state, and a row may have come or gone. But the log carries the full image before every
 * change, so the <em>first</em> change after P0 tells the true state at P0 of each key it touches:
 *
 * <ul>
 *   <li>update or delete: the row was its image before the change;
 *   <li>create: there was no row. So also for the new key of an update that changes the key.
 * </ul>
 *
 * Keys that no change touches are right as the snapshot read them.
 *
 * <p>This holds if the log is complete from P0 to P1, where the snapshot ended; what came later is
 * not looked at. A TRUNCATE between them carries no images, so the state at P0 cannot be told: the
 * snapshot must be repeated.
 *
 * <p>Source: RULES 0, "before-image rule".
 */
public final class SnapshotRepair implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<TableId, SnapshotWindow> windows;

  /**
   * @param windows the tables that are handed over; records of other tables are left alone
   */
  public SnapshotRepair(Map<TableId, SnapshotWindow> windows) {
    this.windows = new TreeMap<>(windows);
  }

  /**
   * Gives the keys that a change of the log touches between P0 and P1. A row that is first touched
   * behind P1 was read as it was at P0.
   *
   * @throws SourceException if the table was truncated while the snapshot read it
   * @throws IllegalArgumentException if the table has no key
   */
  public void touched(ChangeRecord change, BiConsumer<String, ChangeRecord> out) {
    SnapshotWindow window = windows.get(change.table().id());
    if (window == null
        || change.sequence().compareTo(window.start()) <= 0
        || change.sequence().compareTo(window.end()) > 0) {
      return;
    }
    if (change.operation() == Operation.TRUNCATE) {
      throw BronzeErrors.truncatedDuringSnapshot(change);
    }
    String key = key(change.table(), change.image());
    out.accept(key, change);
    if (change.operation() == Operation.UPDATE) {
      String old = key(change.table(), change.before());
      if (!old.equals(key)) {
        out.accept(old, change);
      }
    }
  }

  /** The first of two changes that touch a key. */
  public static ChangeRecord first(ChangeRecord left, ChangeRecord right) {
    return left.sequence().compareTo(right.sequence()) <= 0 ? left : right;
  }

  /**
   * The row that a key had at P0, as a snapshot should have read it; empty if there was none.
   *
   * @param key a key that {@link #touched} gave
   * @param first the first change that touches it
   */
  public Optional<ChangeRecord> rowAtStart(String key, ChangeRecord first) {
    if (first.before() == null || !key(first.table(), first.before()).equals(key)) {
      return Optional.empty();
    }
    SnapshotWindow window = windows.get(first.table().id());
    return Optional.of(
        ChangeRecord.read(first.table(), first.before(), window.startedAt(), window.start()));
  }

  /**
   * What sets a row right that was taken over when its first change was not known: that it was as
   * it was before that change, or that there was none. It lies behind P0, and before every change
   * of the log.
   *
   * @param key a key that {@link #touched} gave
   * @param first the first change that touches it
   */
  public ChangeRecord correction(String key, ChangeRecord first) {
    SnapshotWindow window = windows.get(first.table().id());
    Sequence start = window.start();
    Sequence behind = new Sequence(start.file(), start.position(), start.row() + 1);
    return rowAtStart(key, first)
        .map(row -> ChangeRecord.read(row.table(), row.after(), window.startedAt(), behind))
        .orElseGet(
            () ->
                new ChangeRecord(
                    first.table(),
                    Operation.DELETE,
                    first.after(),
                    null,
                    window.startedAt(),
                    behind,
                    Origin.SNAPSHOT,
                    null));
  }

  /**
   * The table and the key of a row as one text: the same for the same row of a table, different for
   * every other.
   *
   * @throws IllegalArgumentException if the table has no key
   */
  public static String key(TableSchema table, Object[] row) {
    if (table.key().isEmpty()) {
      throw new IllegalArgumentException(table.id() + " has no key");
    }
    StringBuilder key = new StringBuilder(table.id().toString());
    for (String column : table.key()) {
      int position = table.columns().position(column);
      Object value = row[position];
      String text =
          value == null ? "" : Values.text(table.columns().column(position).type(), value);
      key.append('\u0000').append(text.length()).append(':').append(text);
    }
    return key.toString();
  }
}
