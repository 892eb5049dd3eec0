package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import java.util.HashSet;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

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
 * <p><b>Late rows</b>: where a satellite says {@code late: reject} or {@code quarantine}, rows that
 * come late are kept out and have their letters ({@link LatePolicies}); that costs a shuffle.
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

  /** Rows for satellites that keep late rows out, each with the letter if it is one. */
  static final TupleTag<KV<TableRow, TableRow>> CANDIDATES = new TupleTag<>("candidates") {};

  /** Reads what a lake has of a table of the vault before a load. */
  public interface Stored {

    /**
     * @param table its path below the lake
     * @param columns the columns that are needed
     */
    PCollection<TableRow> read(Pipeline pipeline, String table, List<String> columns);
  }

  private final VaultTables tables;
  private final LatePolicies late;

  private LoadVault(VaultTables tables, LatePolicies late) {
    this.tables = tables;
    this.late = late;
  }

  public static LoadVault into(VaultTables tables) {
    return new LoadVault(tables, JudgeLate.NOTHING_STORED);
  }

  /** The same, where late rows are told from what a lake has. */
  public LoadVault with(LatePolicies policies) {
    return new LoadVault(tables, policies);
  }

  /**
   * The same with rows and dead letters in one collection. A sink that merges declared tables and
   * appends to others takes both; no runner has to hold or to repeat what was staged.
   */
  public PTransform<PCollection<ChangeRecord>, PCollection<TableRow>> together() {
    return new Together(tables, late);
  }

  /**
   * The same for a sink that makes rows where it takes them, so that neither changes nor rows are
   * handed from one step to another.
   *
   * @throws IllegalStateException if rows have to be compared with others before they are loaded:
   *     {@link #isOneStep}
   */
  public RowMaker<ChangeRecord> rows() {
    if (!isOneStep()) {
      throw new IllegalStateException("late rows are told from others in steps of their own");
    }
    return new Staging(new VaultStager(tables), new HashSet<>());
  }

  /** Whether rows are a function of their change alone: no satellite keeps late rows out. */
  public boolean isOneStep() {
    return tables.judged().isEmpty();
  }

  private static final class Together
      extends PTransform<PCollection<ChangeRecord>, PCollection<TableRow>> {
    private static final long serialVersionUID = 1L;

    private final VaultTables tables;
    private final LatePolicies late;

    Together(VaultTables tables, LatePolicies late) {
      this.tables = tables;
      this.late = late;
    }

    @Override
    public PCollection<TableRow> expand(PCollection<ChangeRecord> changes) {
      PCollectionTuple staged =
          changes.apply(
              "Stage hubs, links and satellites",
              ParDo.of(new StageTogetherFn(new VaultStager(tables), late.released()))
                  .withOutputTags(ROWS, JudgeLate.candidates(tables)));
      return JudgeLate.judged(tables, late, staged);
    }
  }

  @Override
  public PCollectionTuple expand(PCollection<ChangeRecord> changes) {
    PCollectionTuple staged =
        changes.apply(
            "Stage hubs, links and satellites",
            ParDo.of(new StageChangesFn(new VaultStager(tables), late.released()))
                .withOutputTags(ROWS, JudgeLate.candidates(tables).and(DEAD_LETTERS)));
    staged.get(DEAD_LETTERS).setCoder(TableRowCoder.of());
    PCollection<TableRow> all = JudgeLate.judged(tables, late, staged);
    if (tables.judged().isEmpty()) {
      return PCollectionTuple.of(ROWS, all).and(DEAD_LETTERS, staged.get(DEAD_LETTERS));
    }
    PCollectionList<TableRow> letters =
        PCollectionList.of(staged.get(DEAD_LETTERS))
            .and(all.apply("Letters of late rows", Filter.by(LoadVault::isLetter)));
    return PCollectionTuple.of(ROWS, all.apply("Rows in time", Filter.by(row -> !isLetter(row))))
        .and(DEAD_LETTERS, letters.apply("All letters", Flatten.pCollections()));
  }

  private static boolean isLetter(TableRow row) {
    return row.table().equals(DeadLetter.TABLE);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("model", tables.model().name()));
    builder.add(DisplayData.item("tables", tables.specs().size()));
  }
}
