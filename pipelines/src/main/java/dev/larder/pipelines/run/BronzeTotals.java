package dev.larder.pipelines.run;

import dev.larder.io.changes.RowDigest;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import dev.larder.pipelines.ledger.TableTotals;
import dev.larder.transforms.bronze.BronzeRows;

/** Counts what bronze holds of a snapshot of a table, where nobody saw it being written. */
final class BronzeTotals {

  private BronzeTotals() {}

  /**
   * @param start the sequence of the snapshot's rows
   */
  static TableTotals of(String lake, TableSchema table, Sequence start) {
    DeltaSnapshot stored = DeltaTable.of(lake, BronzeRows.table(table.id())).latest();
    RowSchema columns = stored.schema();
    RowDigest digest = new RowDigest();
    try (RowIterator rows = stored.rows(columns.names(), Filter.equalTo("_seq", start.text()))) {
      rows.forEachRemaining(row -> digest.add(BronzeRows.change(table, columns, row).after()));
    }
    return TableTotals.of(digest);
  }
}
