package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableSchema;
import java.io.Serializable;
import java.util.function.Consumer;

/** The changes that a group of rows of bronze keeps, as often as one likes. */
record StoredChanges(TableSchema table, TableRows rows) implements TableChanges, Serializable {
  @Override
  public void forEach(Consumer<ChangeRecord> out) {
    BronzeChanges changes = new BronzeChanges(table, rows.schema());
    rows.forEach(row -> out.accept(changes.change(row)));
  }
}
