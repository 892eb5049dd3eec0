package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.PlacedRows;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.List;

/** The stored rows of the keys that came, encoded, in the order of their keys' ranks. */
final class StoredRows {

  private StoredRows() {}

  /**
   * @param columns that the rule is to be shown
   * @param keys that came
   */
  static RankedRows of(
      TableStore store, List<DataFile> files, RowSchema columns, LoadRule rule, MergedKeys keys) {
    List<RowBlock> blocks = new ArrayList<>();
    BlockRows rows = new BlockRows(columns, blocks::add);
    RowKey.Of key = new RowKey.Of(columns, rule.key());
    TableFiles reader = new TableFiles(store);
    Condition condition = keys.condition(store.location(), columns);
    for (DataFile file : files) {
      try (PlacedRows stored = reader.read(file, columns, condition, keys.filter())) {
        stored.forEachRemaining(row -> rows.add(row, key.rank(row)));
      }
    }
    rows.finish();
    return new RankedRows(blocks, columns);
  }
}
