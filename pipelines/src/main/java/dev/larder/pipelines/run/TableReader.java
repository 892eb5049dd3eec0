package dev.larder.pipelines.run;

import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.WriteRows;
import dev.larder.io.delta.WrittenRows;
import dev.larder.io.jdbc.JdbcSnapshots;
import dev.larder.io.jdbc.MetricNames;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.io.jdbc.TableRange;
import dev.larder.io.jdbc.TableRangeCoder;
import dev.larder.pipelines.command.Console;
import dev.larder.transforms.bronze.BronzeRows;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * Reads planned tables into bronze tables of a lake: what a snapshot does, and a verification too.
 *
 * @param fetchSize rows fetched at once
 * @param maxConnections to one database
 */
public record TableReader(Sources sources, int fetchSize, int maxConnections, Console console) {

  /**
   * @param transaction who writes, see {@link dev.larder.io.delta.WriteRows#withTransaction}
   * @return rows read
   */
  public long read(
      PipelineOptions options,
      List<TablePlan> tables,
      String lake,
      String transaction,
      long number) {
    List<TableSpec> specs = tables.stream().map(table -> BronzeRows.spec(table.table())).toList();
    DeltaTables.create(lake, specs);
    List<TableRange> ranges = tables.stream().flatMap(table -> table.ranges().stream()).toList();
    long estimate = tables.stream().mapToLong(TablePlan::estimatedRows).sum();
    long start = System.nanoTime();
    return Pipelines.run(
            options,
            pipeline -> build(pipeline, ranges, specs, lake, transaction, number),
            run -> {
              long read = run.counter(MetricNames.ROWS_READ);
              console.progress(
                  "%,d of about %,d rows, %d of %d ranges, %s",
                  read,
                  estimate,
                  run.counter(MetricNames.RANGES_READ),
                  ranges.size(),
                  Rate.of(read, estimate, start));
            })
        .counter(MetricNames.ROWS_READ);
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
                .into(filesOf(bronze.writer()), WrittenRows.coder()))
        .apply("Commit bronze", bronze.written());
  }

  /** A range goes from the database into its file row by row: no runner holds its rows. */
  private static SerializableFunction<TableChanges, WrittenRows> filesOf(
      SerializableFunction<TableRows, WrittenRows> writer) {
    return changes -> writer.apply(BronzeRows.rows(changes));
  }
}
