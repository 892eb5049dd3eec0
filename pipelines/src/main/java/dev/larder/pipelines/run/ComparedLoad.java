package dev.larder.pipelines.run;

import static dev.larder.transforms.bronze.MetricNames.ROWS_CHANGED;
import static dev.larder.transforms.bronze.MetricNames.ROWS_GONE;
import static dev.larder.transforms.bronze.MetricNames.ROWS_NEW;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.filter.Filter;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.bronze.CompareReads;
import dev.larder.transforms.bronze.ComparedTable;
import dev.larder.transforms.bronze.KeepChanges;
import dev.larder.transforms.bronze.ReadChanges;
import dev.larder.transforms.vault.VaultKeys;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;

/**
 * Loads a lake with a full read that is joined to no log (docs/adr/0014), in two steps, each of
 * which may be run again: what is committed is not loaded twice.
 *
 * <ol>
 *   <li>the rows of the read are compared with what bronze holds; the differences go into bronze;
 *   <li>the vault loads what bronze has that it has not.
 * </ol>
 */
final class ComparedLoad {
  private static final String TRANSACTION = "compare";

  /** Keys that are compared at once are held in memory: some 100 bytes each. */
  private static final long ROWS_A_PART = 500_000;

  private static final int MIN_PARTS = 16;

  private final PipelineOptions options;
  private final String lake;
  private final VaultLake vault;
  private final List<TableSchema> tables;

  /**
   * @param tables that were read
   */
  ComparedLoad(PipelineOptions options, String lake, VaultLake vault, Set<TableId> tables) {
    this.options = options;
    this.lake = lake;
    this.vault = vault;
    this.tables =
        vault.tables().sources().stream().filter(table -> tables.contains(table.id())).toList();
  }

  /** How many rows are not as they were. */
  record Differences(long added, long changed, long gone) {}

  /**
   * Brings the differences of a read into bronze.
   *
   * @param number of the snapshot
   * @param read the lake in whose bronze the read's rows are
   * @param compared each table that was read
   * @param since the earliest read of each table that counts
   * @param rows about how many the tables have
   */
  Differences keep(
      long number,
      String read,
      Map<TableId, ComparedTable> compared,
      Map<TableId, Sequence> since,
      long rows) {
    List<TableSpec> specs = tables.stream().map(BronzeRows::spec).toList();
    DeltaTables.create(lake, specs);
    TreeMap<TableId, Sequence> from = new TreeMap<>(since);
    TreeMap<TableId, Sequence> now = new TreeMap<>();
    compared.forEach((id, table) -> now.put(id, table.read()));
    int parts = (int) Math.max(MIN_PARTS, rows / ROWS_A_PART);
    Pipelines run =
        Pipelines.run(
            options,
            pipeline ->
                pipeline
                    .apply(
                        "Compare",
                        CompareReads.of(
                            name -> between(pipeline, name, lake, from, now),
                            name -> from(pipeline, name, read, now),
                            compared,
                            new VaultKeys(vault.tables()),
                            parts))
                    .apply("Keep changes", KeepChanges.asRows())
                    .apply(
                        "Write bronze",
                        DeltaIO.writeRows()
                            .to(lake)
                            .withTables(specs)
                            .withSchemaPolicy(SchemaPolicy.WIDEN)
                            .withTransaction(TRANSACTION, number)));
    return new Differences(
        run.counter(ROWS_NEW), run.counter(ROWS_CHANGED), run.counter(ROWS_GONE));
  }

  /**
   * Loads the vault with what bronze has.
   *
   * @param behind what is loaded of each table: at this place, or behind it
   */
  void load(long number, Map<TableId, Sequence> behind, Set<TableId> live) {
    TreeMap<TableId, Sequence> from = new TreeMap<>(behind);
    Pipelines.run(
        options,
        pipeline -> vault.load(from(pipeline, "Changes", lake, from), TRANSACTION, number, live));
  }

  /** What bronze has from a place of each table on. */
  private PCollection<ChangeRecord> from(
      Pipeline pipeline, String name, String of, TreeMap<TableId, Sequence> from) {
    Sequence first = from.values().stream().min(Sequence::compareTo).orElseThrow();
    return pipeline
        .apply(
            name + ": read bronze",
            DeltaIO.readRows()
                .from(of, Bronze.names(from.keySet()))
                .where(
                    Bronze.isFrom(Origin.SNAPSHOT)
                        .and(Filter.atLeast(Bronze.SEQUENCE, first.text()))))
        .apply(name + ": as changes", ReadChanges.of(tables))
        .apply(
            name + ": of these reads",
            org.apache.beam.sdk.transforms.Filter.by(
                change -> change.sequence().compareTo(from.get(change.table().id())) >= 0));
  }

  /** What bronze has from a place of each table on, before another one. */
  private PCollection<ChangeRecord> between(
      Pipeline pipeline,
      String name,
      String of,
      TreeMap<TableId, Sequence> from,
      TreeMap<TableId, Sequence> to) {
    TreeMap<TableId, Long> ends = new TreeMap<>();
    from.keySet().forEach(id -> ends.put(id, to.get(id).position()));
    return from(pipeline, name, of, from)
        .apply(
            name + ": before",
            org.apache.beam.sdk.transforms.Filter.by(
                change -> change.sequence().position() < ends.get(change.table().id())));
  }
}
