package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.transforms.bronze.ComparedTable.Unchanged;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The changes that a full read means, of rows as they were and as they are. Pure. */
final class ReadChange {

  private ReadChange() {}

  /** A row that the read has and the one before had not, or has as it was. */
  static ChangeRecord of(ChangeRecord row, ComparedTable table) {
    return table.unchanged() == Unchanged.LOADED
        ? row
        : change(Operation.CREATE, null, row, table, table.read());
  }

  /** A row that is gone. */
  static ChangeRecord gone(ChangeRecord before, ComparedTable table) {
    return change(Operation.DELETE, before, null, table, table.left());
  }

  /**
   * A row that is another now. If it has left a key for another one, it leaves before any row of
   * the read is there: a key that it left may be another row's now. So it is said twice.
   */
  static List<ChangeRecord> changed(
      ChangeRecord before, ChangeRecord now, ComparedTable table, ChangeKeys keys) {
    if (texts(keys, before, table).equals(texts(keys, now, table))) {
      return List.of(change(Operation.UPDATE, before, now, table, table.read()));
    }
    ChangeRecord leaves = change(Operation.UPDATE, before, now, table, table.left());
    // Rows that are one set may not be in it twice.
    return table.unchanged() == Unchanged.LOADED
        ? List.of(leaves)
        : List.of(leaves, change(Operation.UPDATE, now, now, table, table.read()));
  }

  private static Set<String> texts(ChangeKeys keys, ChangeRecord row, ComparedTable table) {
    Set<String> texts = new HashSet<>();
    keys.of(ChangeRecord.read(row.table(), row.after(), table.readAt(), table.read()), texts::add);
    return texts;
  }

  private static ChangeRecord change(
      Operation operation,
      ChangeRecord before,
      ChangeRecord after,
      ComparedTable table,
      Sequence at) {
    return new ChangeRecord(
        before == null ? after.table() : before.table(),
        operation,
        before == null ? null : before.after(),
        after == null ? null : after.after(),
        table.readAt(),
        at,
        Origin.SNAPSHOT,
        null);
  }
}
