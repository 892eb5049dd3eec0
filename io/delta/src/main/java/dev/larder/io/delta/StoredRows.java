package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow.Change;
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
  private static final int BLOCK_BYTES = 4 << 20;

  private final RowSchema columns;
  private final RowKey.Of key;
  private final List<RowBlock> blocks = new ArrayList<>();
  private RowBlock.Builder open;

  private StoredRows(RowSchema columns, LoadRule rule) {
    this.columns = columns;
    this.key = new RowKey.Of(columns, rule.key());
    this.open = new RowBlock.Builder(columns);
  }

  /**
   * @param columns that the rule is to be shown
   * @param keys that came
   */
  static RankedRows of(
      TableStore store, List<DataFile> files, RowSchema columns, LoadRule rule, MergedKeys keys) {
    StoredRows rows = new StoredRows(columns, rule);
    TableFiles reader = new TableFiles(store);
    Condition condition = keys.condition(store.location(), columns);
    for (DataFile file : files) {
      try (PlacedRows stored = reader.read(file, columns, condition, keys.filter())) {
        stored.forEachRemaining(rows::add);
      }
    }
    rows.close();
    return new RankedRows(rows.blocks, columns);
  }

  private void add(Object[] row) {
    open.add(row, Sequence.BEGINNING, Change.PUT, key.rank(row));
    if (open.size() >= BLOCK_BYTES) {
      close();
      open = new RowBlock.Builder(columns);
    }
  }

  private void close() {
    blocks.add(open.build());
  }
}
