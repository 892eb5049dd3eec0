package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Turns changes into rows of a Data Vault. The same for the snapshot, the log and bronze.
 *
 * <p><b>Input / Output</b>: changes of any tables, in any order, bounded or not; windows are kept.
 * Out come {@link #ROWS}, rows of all the vault's tables in one collection (each says its table),
 * and {@link #DEAD_LETTERS}, rows of {@link dev.larder.io.changes.DeadLetter#TABLE}.
 *
 * <p><b>Guarantees</b>: a pure function of each change ({@link VaultStager}); staging a change
 * twice gives the same rows twice, which the tables' load rules then ignore.
 *
 * <p><b>Cost</b>: no shuffle. About one row for each table of the vault that the change's table
 * feeds; repeated hub and link keys of a bundle are left out.
 *
 * <p><b>Errors</b>: a row without a business key, a table that lost a key column, and a TRUNCATE of
 * events that are counted go to the dead letters with the reason; what else of the change can be
 * loaded is loaded. Changes of tables that the model does not have are counted ({@link
 * MetricNames#RECORDS_IGNORED}).
 */
public final class LoadVault extends PTransform<PCollection<ChangeRecord>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Rows for the tables of the vault. */
  public static final TupleTag<TableRow> ROWS = new TupleTag<>("rows") {};

  /** Rows for the table of dead letters. */
  public static final TupleTag<TableRow> DEAD_LETTERS = new TupleTag<>("dead_letters") {};

  private final VaultTables tables;

  private LoadVault(VaultTables tables) {
    this.tables = tables;
  }

  public static LoadVault into(VaultTables tables) {
    return new LoadVault(tables);
  }

  /**
   * The same with rows and dead letters in one collection. A sink that merges declared tables and
   * appends to others takes both; no runner has to hold or to repeat what was staged.
   */
  public PTransform<PCollection<ChangeRecord>, PCollection<TableRow>> together() {
    return new Together(tables);
  }

  private static final class Together
      extends PTransform<PCollection<ChangeRecord>, PCollection<TableRow>> {
    private static final long serialVersionUID = 1L;

    private final VaultTables tables;

    Together(VaultTables tables) {
      this.tables = tables;
    }

    @Override
    public PCollection<TableRow> expand(PCollection<ChangeRecord> changes) {
      return changes
          .apply(
              "Stage hubs, links and satellites",
              ParDo.of(new StageTogetherFn(new VaultStager(tables))))
          .setCoder(TableRowCoder.of());
    }
  }

  @Override
  public PCollectionTuple expand(PCollection<ChangeRecord> changes) {
    PCollectionTuple staged =
        changes.apply(
            "Stage hubs, links and satellites",
            ParDo.of(new StageChangesFn(new VaultStager(tables)))
                .withOutputTags(ROWS, TupleTagList.of(DEAD_LETTERS)));
    staged.get(ROWS).setCoder(TableRowCoder.of());
    staged.get(DEAD_LETTERS).setCoder(TableRowCoder.of());
    return staged;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("model", tables.model().name()));
    builder.add(DisplayData.item("tables", tables.specs().size()));
  }
}
