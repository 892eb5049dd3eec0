package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.NewestRows;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The stored rows of the keys that came, encoded, in the order of their keys' ranks. */
final class StoredRows {

  private StoredRows() {}

  /**
   * @param columns that the rule is to be shown
   * @param keys that came
   * @param came as {@link StoredScan#readNewest} takes it
   */
  static RankedRows of(
      TableStore store,
      List<DataFile> files,
      RowSchema columns,
      LoadRule rule,
      MergedKeys keys,
      Supplier<NewestRows> came) {
    List<RowBlock> blocks = new ArrayList<>();
    BlockRows rows = new BlockRows(columns, blocks::add);
    RowKey.Of key = new RowKey.Of(columns, rule.key());
    new StoredScan(new TableFiles(store), files, store.location(), columns, keys)
        .readNewest(came, (row, file, place) -> rows.add(row, key.rank(row)));
    rows.finish();
    return new RankedRows(blocks, columns);
  }
}
