package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import java.util.HashSet;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Turns changes into the rows of one table of a vault: of a hub, a link, a satellite of any kind, a
 * reference or a history, whichever its name says. For one structure by itself; {@link LoadVault}
 * loads all of them and computes each key once.
 *
 * <p><b>Input / Output</b>: as {@link LoadVault}'s; out come the rows of the table only. Dead
 * letters are LoadVault's: what one table lacks, it says for all.
 *
 * <p><b>Guarantees, cost</b>: as LoadVault's.
 */
public final class LoadTable extends PTransform<PCollection<ChangeRecord>, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  private final VaultTables tables;
  private final String table;

  private LoadTable(VaultTables tables, String table) {
    this.tables = tables;
    this.table = table;
  }

  /**
   * @param table its path below the lake: {@code vault/hub_order}
   * @throws IllegalArgumentException if the vault has no such table
   */
  public static LoadTable of(VaultTables tables, String table) {
    return new LoadTable(tables, tables.table(table).name());
  }

  /**
   * The same for a sink that makes rows where it takes them, as {@link LoadVault#rows}; whatever
   * the table says of late rows, all are there.
   */
  public RowMaker<ChangeRecord> rows() {
    return new Staging(VaultStager.of(tables, table), new HashSet<>());
  }

  @Override
  public PCollection<TableRow> expand(PCollection<ChangeRecord> changes) {
    LatePolicies late = JudgeLate.NOTHING_STORED;
    PCollectionTuple staged =
        changes.apply(
            "Stage " + table,
            ParDo.of(new StageChangesFn(VaultStager.of(tables, table), late.released()))
                .withOutputTags(
                    LoadVault.ROWS, JudgeLate.candidates(tables).and(LoadVault.DEAD_LETTERS)));
    staged.get(LoadVault.DEAD_LETTERS).setCoder(TableRowCoder.of());
    return JudgeLate.judged(tables, late, staged);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("table", table));
  }
}
