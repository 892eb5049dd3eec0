package dev.larder.pipelines.run;

import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.WriteRows;
import dev.larder.io.delta.WrittenRows;
import dev.larder.io.jdbc.BrakeLimits;
import dev.larder.io.jdbc.JdbcSnapshots;
import dev.larder.io.jdbc.MetricNames;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.io.jdbc.TableRange;
import dev.larder.io.jdbc.TableRangeCoder;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.TableTotals;
import dev.larder.transforms.bronze.BronzeRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * Reads planned ranges into bronze tables of a lake: what a snapshot does, and a verification too.
 *
 * @param fetchSize rows fetched at once
 * @param maxConnections to one database
 * @param limits when reading pauses
 */
public record TableReader(
    Sources sources, int fetchSize, int maxConnections, BrakeLimits limits, Console console) {

  public TableReader(Sources sources, int fetchSize, int maxConnections, Console console) {
    this(sources, fetchSize, maxConnections, BrakeLimits.NONE, console);
  }

  /** A reader that pauses for the sake of others. */
  TableReader withBrake(BrakeLimits wanted) {
    return new TableReader(sources, fetchSize, maxConnections, wanted, console);
  }

  /** Reads whole tables in one pipeline; returns the rows read. */
  public long read(
      PipelineOptions options,
      List<TablePlan> tables,
      String lake,
      String transaction,
      long number) {
    List<TableRange> ranges = tables.stream().flatMap(table -> table.ranges().stream()).toList();
    long estimate = tables.stream().mapToLong(TablePlan::estimatedRows).sum();
    ReadProgress progress = new ReadProgress(console, ranges.size(), estimate);
    return run(options, ranges, lake, transaction, number, progress).counter(MetricNames.ROWS_READ);
  }

  /**
   * Reads ranges in one pipeline.
   *
   * @param transaction who writes, see {@link dev.larder.io.delta.WriteRows#withTransaction}
   * @return what was read of each table; a table is missing if the runner's counters do not tell,
   *     because they are not there or because it repeated a range
   */
  Map<TableId, TableTotals> read(
      PipelineOptions options,
      List<TableRange> ranges,
      String lake,
      String transaction,
      long number,
      ReadProgress progress) {
    Pipelines run = run(options, ranges, lake, transaction, number, progress);
    Map<String, Long> rangesRead = run.counters(MetricNames.TABLE_RANGES);
    Map<String, Long> rows = run.counters(MetricNames.TABLE_ROWS);
    Map<String, Long> bytes = run.counters(MetricNames.TABLE_BYTES);
    Map<String, Long> checksums = run.counters(MetricNames.TABLE_CHECKSUM);
    Map<String, Long> millis = run.counters(MetricNames.TABLE_MS);
    Map<TableId, TableTotals> totals = new TreeMap<>();
    ranges.stream()
        .collect(Collectors.groupingBy(range -> range.table().id(), Collectors.counting()))
        .forEach(
            (table, planned) -> {
              String name = table.toString();
              if (planned.equals(rangesRead.get(name))) {
                totals.put(
                    table,
                    new TableTotals(
                        rows.getOrDefault(name, 0L),
                        bytes.getOrDefault(name, 0L),
                        checksums.getOrDefault(name, 0L),
                        millis.getOrDefault(name, 0L)));
              }
            });
    return totals;
  }

  private Pipelines run(
      PipelineOptions options,
      List<TableRange> ranges,
      String lake,
      String transaction,
      long number,
      ReadProgress progress) {
    Collection<TableSchema> tables =
        ranges.stream()
            .map(TableRange::table)
            .collect(
                Collectors.toMap(TableSchema::id, table -> table, (one, same) -> one, TreeMap::new))
            .values();
    List<TableSpec> specs = tables.stream().map(BronzeRows::spec).toList();
    DeltaTables.create(lake, specs);
    return Pipelines.run(
        options,
        pipeline -> build(pipeline, ranges, specs, lake, transaction, number),
        run ->
            progress.show(
                run.counter(MetricNames.ROWS_READ),
                run.counter(MetricNames.RANGES_READ),
                run.counter(MetricNames.BRAKED_MS)));
  }

  private void build(
      Pipeline pipeline,
      List<TableRange> ranges,
      List<TableSpec> specs,
      String lake,
      String transaction,
      long number) {
    WriteRows bronze =
        DeltaIO.writeRows().to(lake).withTables(specs).withTransaction(transaction, number);
    pipeline
        .apply("Ranges", Create.of(ranges).withCoder(TableRangeCoder.of()))
        .apply(
            "Read tables into files",
            JdbcSnapshots.readRanges()
                .from(sources.all())
                .withFetchSize(fetchSize)
                .withMaxConnections(maxConnections)
                .withBrake(limits)
                .into(filesOf(bronze.writer()), WrittenRows.coder()))
        .apply("Commit bronze", bronze.written());
  }

  /** A range goes from the database into its file row by row: no runner holds its rows. */
  private static SerializableFunction<TableChanges, WrittenRows> filesOf(
      SerializableFunction<TableRows, WrittenRows> writer) {
    return changes -> writer.apply(BronzeRows.rows(changes));
  }
}
