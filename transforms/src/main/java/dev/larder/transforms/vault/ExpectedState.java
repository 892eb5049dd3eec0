package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.hash.HashInput;
import dev.larder.transforms.vault.VaultTable.Structure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a vault must hold for the rows that a source has now, computed by the same {@link
 * VaultStager} that loads. To compare a vault with its source: take {@link #rows} of every source
 * row, take {@link #stored} of every current row of the vault ({@link CurrentState}), and compare
 * by table and key. Untracked columns are left out: a change of them alone makes no version.
 */
public final class ExpectedState {
  private static final Set<Structure> COMPARED =
      EnumSet.of(
          Structure.HUB,
          Structure.LINK,
          Structure.TRANSACTION,
          Structure.SATELLITE,
          Structure.MULTI_ACTIVE,
          Structure.REFERENCE,
          Structure.HISTORY);

  private final VaultStager stager;

  public ExpectedState(VaultTables tables) {
    this.stager = new VaultStager(tables);
  }

  /**
   * What hubs, links, satellites, references and histories must hold for a source row. A row that
   * goes to the dead letters, or a part of it, is not expected.
   *
   * @param row canonical values of the table's columns
   */
  public List<ExpectedRow> rows(TableSchema table, Object[] row) {
    List<ExpectedRow> rows = new ArrayList<>();
    stager.stage(
        ChangeRecord.read(table, row, 0, Sequence.BEGINNING),
        new StagedRows() {
          @Override
          public void row(TableRow staged) {
            if (COMPARED.contains(stager.tables().table(staged.table()).structure())) {
              rows.add(stored(staged.table(), staged.schema(), staged.values()));
            }
          }

          @Override
          public void reject(String reason) {
            // The loader has written a dead letter; what is left of the row is compared.
          }
        });
    return rows;
  }

  /**
   * A row of the vault in the form in which it is compared.
   *
   * @param table a vault table's path below the lake
   * @param schema the columns of {@code values}; tracked columns that are missing count as NULL
   */
  public ExpectedRow stored(String table, RowSchema schema, Object[] values) {
    VaultTable target = stager.tables().table(table);
    Object[] payload = new Object[target.payload().size()];
    for (int i = 0; i < payload.length; i++) {
      int position = schema.find(target.payload().get(i));
      payload[i] = position < 0 ? null : values[position];
    }
    return new ExpectedRow(table, key(target, schema, values), target.payload(), payload);
  }

  /**
   * The key of a vault row as bytes: its hash key, or, where it has others, the encoded texts of
   * its key columns.
   */
  public static byte[] key(VaultTable table, RowSchema schema, Object[] values) {
    if (table.key().size() == 1
        && values[schema.position(table.key().get(0))] instanceof byte[] hash) {
      return hash;
    }
    HashInput input = HashInput.strict();
    for (String column : table.key()) {
      int position = schema.position(column);
      input.add(schema.column(position).type(), values[position]);
    }
    return input.encoded();
  }
}
