package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableRows;
import dev.larder.io.delta.filter.Filter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * {@link DeltaIO#readRows}: the rows of a version of one or more tables.
 *
 * <pre>{@code
 * DeltaIO.readRows()
 *     .from(lake, "vault/sat_order")
 *     .asOf(Instant.parse("2024-03-31T00:00:00Z"))
 *     .withColumns(List.of("order_hk", "after.price"))
 *     .where(Filter.atLeast("load_date", start))
 * }</pre>
 *
 * <p><b>Output</b>: bounded; {@link TableRow#table} is the table's name, {@link TableRow#order} is
 * {@link dev.larder.io.changes.Sequence#BEGINNING}. Rows have no order. A field of a struct ({@code
 * after.price}) becomes a column of that name.
 *
 * <p><b>Guarantees</b>: all files of a table are of one version, the one that was looked up when
 * the pipeline began, whatever is committed meanwhile. Exactly the rows for which the filter is
 * true are put out, once each. Columns that were added after a file was written are null in its
 * rows.
 *
 * <p><b>Cost</b>: the log is read on one worker for each table. Files are left out by the values of
 * their partition, by their bucket (if keys of a bucketed table are asked for by {@code equalTo} or
 * {@code isIn}) and by their statistics; row groups by those in the Parquet footer, which hash keys
 * have too; pages by their column indexes. Only wanted columns are read. Files above 24 MiB are
 * read by several workers if they have several row groups, small ones together: fewer than 8,200
 * elements cross the shuffle, however many files there are. One row group's wanted columns are in
 * memory at once, compressed.
 *
 * <p><b>Errors</b>: {@link dev.larder.io.changes.UserException} for a table, version, time or
 * column that is not there, and for a literal of another type than its column; {@link
 * dev.larder.io.changes.SinkException} for a file that is damaged, or gone because vacuum removed
 * it. Counted are {@link MetricNames#FILES_PLANNED}, {@link MetricNames#FILES_PRUNED}, {@link
 * MetricNames#ROW_GROUPS_READ}, {@link MetricNames#ROW_GROUPS_PRUNED}, {@link
 * MetricNames#ROWS_READ}, {@link MetricNames#BYTES_READ}.
 */
public final class ReadRows extends PTransform<PBegin, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  private final List<String> tables;
  private final ReadPlan plan;

  ReadRows() {
    this(List.of(), new ReadPlan(null, null, null, null, Filter.everything()));
  }

  private ReadRows(List<String> tables, ReadPlan plan) {
    this.tables = tables;
    this.plan = plan;
  }

  /**
   * @param lake path or {@code file:} URI
   * @param table the table's path below the lake
   */
  public ReadRows from(String lake, String table) {
    return from(lake, List.of(table));
  }

  /** Reads several tables into one PCollection. */
  public ReadRows from(String lake, Collection<String> names) {
    return new ReadRows(List.copyOf(names), plan.withLake(Objects.requireNonNull(lake, "lake")));
  }

  /** Reads this version; without it, the one that is the latest when the pipeline runs. */
  public ReadRows atVersion(long version) {
    return new ReadRows(tables, plan.withVersion(version, null));
  }

  /**
   * Reads the version that was the latest at a time, of each table its own, as Spark's {@code
   * TIMESTAMP AS OF} does. Takes the place of {@link #atVersion}.
   */
  public ReadRows asOf(Instant time) {
    return new ReadRows(tables, plan.withVersion(null, Objects.requireNonNull(time, "time")));
  }

  /** Reads these columns or fields of structs, in this order; without it, all columns. */
  public ReadRows withColumns(List<String> names) {
    return new ReadRows(tables, plan.withColumns(names));
  }

  /** Reads only rows for which the filter is true; several filters must all be true. */
  public ReadRows where(Filter filter) {
    return new ReadRows(tables, plan.withFilter(Objects.requireNonNull(filter, "filter")));
  }

  /**
   * The same rows in groups that are read where they are used: an element for each split instead of
   * one for each row.
   */
  public PTransform<PBegin, PCollection<TableRows>> groups() {
    requireComplete();
    return new ReadGroups(tables, plan);
  }

  private void requireComplete() {
    if (plan.lake() == null) {
      throw new IllegalStateException("readRows() needs from(lake, table)");
    }
  }

  @Override
  public PCollection<TableRow> expand(PBegin begin) {
    requireComplete();
    return begin
        .apply("Tables", Create.of(tables).withCoder(StringUtf8Coder.of()))
        .apply("Plan files", ParDo.of(new PlanFilesFn(plan)))
        .setCoder(SerializableCoder.of(ReadSplit.class))
        .apply("Spread files", Reshuffle.viaRandomKey())
        .apply("Read files", ParDo.of(new ReadFileFn(plan)))
        .setCoder(TableRowCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("tables", String.join(", ", tables)));
  }
}
