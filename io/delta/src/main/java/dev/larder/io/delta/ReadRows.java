package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import java.util.ArrayList;
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
 * {@link DeltaIO#readRows}.
 *
 * <p><b>Output</b>: bounded; {@link TableRow#table} is the table's name, {@link TableRow#order} is
 * {@link dev.larder.io.changes.Sequence#BEGINNING}. Rows have no order.
 */
public final class ReadRows extends PTransform<PBegin, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final List<String> tables;
  private final Long version;
  private final List<String> columns;
  private final List<ColumnRange> ranges;

  ReadRows() {
    this(null, List.of(), null, null, List.of());
  }

  private ReadRows(
      String lake,
      List<String> tables,
      Long version,
      List<String> columns,
      List<ColumnRange> ranges) {
    this.lake = lake;
    this.tables = tables;
    this.version = version;
    this.columns = columns;
    this.ranges = ranges;
  }

  /**
   * @param lake path or {@code file:} URI
   * @param table the table's path below the lake
   */
  public ReadRows from(String lake, String table) {
    return from(lake, List.of(table));
  }

  /** Reads several tables into one PCollection. */
  public ReadRows from(String lake, Collection<String> tables) {
    return new ReadRows(
        Objects.requireNonNull(lake, "lake"), List.copyOf(tables), version, columns, ranges);
  }

  /** Reads this version; without it, the one that is the latest when the pipeline runs. */
  public ReadRows atVersion(long wanted) {
    return new ReadRows(lake, tables, wanted, columns, ranges);
  }

  /** Reads these columns, in this order; without it, all. */
  public ReadRows withColumns(List<String> names) {
    return new ReadRows(lake, tables, version, List.copyOf(names), ranges);
  }

  /** Reads only rows within the range; several ranges must all hold. */
  public ReadRows where(ColumnRange range) {
    List<ColumnRange> more = new ArrayList<>(ranges);
    more.add(range);
    return new ReadRows(lake, tables, version, columns, List.copyOf(more));
  }

  @Override
  public PCollection<TableRow> expand(PBegin begin) {
    if (lake == null) {
      throw new IllegalStateException("readRows() needs from(lake, table)");
    }
    return begin
        .apply("Tables", Create.of(tables).withCoder(StringUtf8Coder.of()))
        .apply("Plan files", ParDo.of(new PlanFilesFn(lake, version)))
        .setCoder(SerializableCoder.of(PlannedFile.class))
        .apply("Spread files", Reshuffle.viaRandomKey())
        .apply("Read files", ParDo.of(new ReadFileFn(lake, columns, ranges)))
        .setCoder(TableRowCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("tables", String.join(", ", tables)));
  }
}
