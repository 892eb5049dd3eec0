package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableSchema;
import java.io.Serializable;
import java.util.function.Consumer;

/** Says which histories a change belongs to: those of the same text are told in one order. */
public interface ChangeKeys extends Serializable {

  /** Gives the texts of a change that is no TRUNCATE; each once or more. */
  void of(ChangeRecord change, Consumer<String> out);

  /**
   * The primary keys of the row before and after the change; of a table without a key, the table.
   */
  static ChangeKeys ofSource() {
    return (change, out) -> {
      TableSchema table = change.table();
      if (table.key().isEmpty()) {
        out.accept(table.id().toString());
        return;
      }
      if (change.before() != null) {
        out.accept(SnapshotRepair.key(table, change.before()));
      }
      if (change.after() != null) {
        out.accept(SnapshotRepair.key(table, change.after()));
      }
    };
  }
}
