package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import dev.larder.transforms.bronze.ChangeKeys;
import java.util.List;
import java.util.function.Consumer;

/**
 * The histories of a vault that a change belongs to: the keys of all rows that it is staged to, by
 * which their tables tell versions apart, whatever the source's key is. Tables that only know a
 * first row, or no key, have no histories.
 *
 * <p><b>Cost</b>: stages the change. Not for use by two threads.
 */
public final class VaultKeys implements ChangeKeys {
  private static final long serialVersionUID = 1L;

  private final VaultStager stager;

  public VaultKeys(VaultTables tables) {
    this.stager = new VaultStager(tables);
  }

  @Override
  public void of(ChangeRecord change, Consumer<String> out) {
    stager.stage(
        change,
        new StagedRows() {
          @Override
          public void row(TableRow row) {
            LoadRule rule = stager.tables().table(row.table()).spec().rule();
            if (!(rule instanceof LoadRule.InsertIfAbsent) && row.change() != Change.DELETE_ALL) {
              key(row, rule.key(), out);
            }
          }

          @Override
          public void reject(String reason) {
            // What is loaded of the change is staged all the same; the letter is the loader's.
          }
        });
  }

  private static void key(TableRow row, List<String> key, Consumer<String> out) {
    if (key.isEmpty()) {
      return;
    }
    RowSchema schema = row.schema();
    StringBuilder text = new StringBuilder(row.table());
    for (String column : key) {
      int position = schema.position(column);
      Object value = row.values()[position];
      String part = value == null ? "" : Values.text(schema.column(position).type(), value);
      text.append('\u0000').append(part.length()).append(':').append(part);
    }
    out.accept(text.toString());
  }
}
