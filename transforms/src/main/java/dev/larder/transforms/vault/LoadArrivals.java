package dev.larder.transforms.vault;

import dev.larder.io.changes.Arrival;
import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.bronze.BronzeRows;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Turns what arrives into all the rows that come of it, in one step and one collection: of each
 * change its row of bronze, and the rows of {@link LoadVault} if its table is live; of each letter,
 * and of what the vault refuses, a row of {@link dev.larder.io.changes.DeadLetter#TABLE}.
 *
 * <p><b>Input / Output</b>: bounded or not; windows are kept. Rows of the vault's tables are to be
 * merged by their rules, all others appended.
 *
 * <p><b>Guarantees, cost</b>: as {@link LoadVault}'s and {@link
 * dev.larder.transforms.bronze.KeepChanges}'. No branch: a change is decoded once, whatever the
 * runner.
 */
public final class LoadArrivals extends PTransform<PCollection<Arrival>, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  private final VaultTables tables;
  private final HashSet<TableId> live;
  private final LatePolicies late;

  private LoadArrivals(VaultTables tables, Collection<TableId> live, LatePolicies late) {
    this.tables = tables;
    this.live = new HashSet<>(live);
    this.late = late;
  }

  /**
   * @param live the source tables that the vault is loaded with; of others bronze keeps what comes
   */
  public static LoadArrivals into(VaultTables tables, Collection<TableId> live) {
    return new LoadArrivals(tables, live, JudgeLate.NOTHING_STORED);
  }

  /** The same, where late rows are told from what a lake has. */
  public LoadArrivals with(LatePolicies policies) {
    return new LoadArrivals(tables, live, policies);
  }

  @Override
  public PCollection<TableRow> expand(PCollection<Arrival> arrivals) {
    return JudgeLate.judged(
        tables,
        late,
        arrivals.apply(
            "Keep and stage",
            ParDo.of(new ArrivalFn(new VaultStager(tables), live, late.released()))
                .withOutputTags(LoadVault.ROWS, JudgeLate.candidates(tables))));
  }

  /** Whether rows are a function of what they come of alone, as {@link LoadVault#isOneStep}. */
  public boolean isOneStep() {
    return LoadVault.into(tables).isOneStep();
  }

  /**
   * The same for a sink that makes rows where it takes them, as {@link LoadVault#rows}.
   *
   * @throws IllegalStateException unless it is {@linkplain #isOneStep one step}
   */
  public RowMaker<Arrival> rows() {
    return new ArrivedRows(LoadVault.into(tables).rows(), live);
  }

  /** Gives the letter, or the row of bronze; then the change goes on if its table is live. */
  private static void keep(
      Arrival arrival,
      BronzeRows bronze,
      Set<TableId> live,
      Consumer<TableRow> out,
      Consumer<ChangeRecord> vault) {
    ChangeRecord change = arrival.change();
    if (change == null) {
      out.accept(arrival.letter().row());
      return;
    }
    out.accept(bronze.row(change));
    if (live.contains(change.table().id())) {
      vault.accept(change);
    }
  }

  private static final class ArrivedRows implements RowMaker<Arrival> {
    private static final long serialVersionUID = 1L;

    private final BronzeRows bronze = new BronzeRows();
    private final RowMaker<ChangeRecord> vault;
    private final HashSet<TableId> live;

    ArrivedRows(RowMaker<ChangeRecord> vault, HashSet<TableId> live) {
      this.vault = vault;
      this.live = live;
    }

    @Override
    public void begin() {
      vault.begin();
    }

    @Override
    public void make(Arrival arrival, Consumer<TableRow> out) {
      keep(arrival, bronze, live, out, change -> vault.make(change, out));
    }

    @Override
    public void end() {
      vault.end();
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("model", tables.model().name()));
    builder.add(DisplayData.item("live", live.size()));
  }

  static final class ArrivalFn extends StagingFn<Arrival> {
    private static final long serialVersionUID = 1L;

    private final BronzeRows bronze = new BronzeRows();
    private final Set<TableId> live;

    ArrivalFn(VaultStager stager, HashSet<TableId> live, HashSet<String> released) {
      super(stager, released);
      this.live = live;
    }

    @ProcessElement
    public void process(@Element Arrival arrival, MultiOutputReceiver all) {
      OutputReceiver<TableRow> out = all.get(LoadVault.ROWS);
      keep(
          arrival,
          bronze,
          live,
          out::output,
          change ->
              stage(
                  change,
                  out::output,
                  out::output,
                  (row, letter) -> all.get(LoadVault.CANDIDATES).output(KV.of(row, letter))));
    }
  }
}
