package dev.larder.pipelines.mart;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.run.BoundedRun;
import dev.larder.transforms.model.BusinessSatellite;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.BusinessRows;
import dev.larder.transforms.vault.VaultTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * Loads satellites that SQL computes: the query's rows are staged as they come, then those that
 * differ from what is stored of their key are added.
 *
 * <p><b>Guarantees</b>: run again on an unchanged vault it adds nothing. A run that ends anywhere
 * leaves the satellite as it was or as it is to be.
 */
final class BusinessBuild {
  private static final String APPLICATION = "larder.business";
  private static final String STAGE = "stage/";

  private final PipelineOptions options;
  private final String lake;
  private final VaultModel model;
  private final DuckDb duck;

  /**
   * @param duck with the views of the vault
   */
  BusinessBuild(PipelineOptions options, String lake, VaultModel model, DuckDb duck) {
    this.options = options;
    this.lake = lake;
    this.model = model;
    this.duck = duck;
  }

  /** What the query returned, and how much of it was new. */
  record Outcome(long rows, long added) {}

  /** The last load of all tables, which is the load time of rows that tell none. */
  long lastLoad(List<VaultTable> tables) throws SQLException {
    String loads =
        tables.stream()
            .filter(table -> table.spec().schema().find(VaultNames.LOADED_AT) >= 0)
            .map(table -> DuckDb.quoted(VaultViews.name(table.name())))
            .map(view -> "SELECT max(" + VaultNames.LOADED_AT + ") AS l FROM " + view)
            .collect(Collectors.joining(" UNION ALL "));
    Object last = duck.rows("SELECT max(l) FROM (" + loads + ")").get(0)[0];
    return last == null ? Values.micros(Instant.EPOCH) : (Long) last;
  }

  /**
   * @param sql the query's text
   * @throws UserException if DuckDB refuses the query, or it lacks columns
   */
  Outcome build(BusinessSatellite satellite, String sql, long lastLoad) {
    String stage = STAGE + VaultViews.name(VaultNames.business(satellite.name()));
    BusinessRows[] made = new BusinessRows[1];
    long[] count = {0};
    try {
      duck.query(
          sql,
          (columns, rows) -> {
            made[0] = new BusinessRows(model, satellite, columns, lastLoad);
            DeltaTable.of(lake, stage)
                .replace(nullable(made[0].columns()), new Made(made[0], rows, count));
            return null;
          });
    } catch (SQLException e) {
      throw new UserException(
          String.format(
              "%s: DuckDB refuses the query: %s", satellite.sql(), e.getMessage().strip()),
          e);
    }
    return new Outcome(count[0], merge(stage, made[0]));
  }

  /** The end and the flag of stored versions are set where they are merged. */
  private static RowSchema nullable(RowSchema columns) {
    return RowSchema.of(
        columns.columns().stream()
            .map(column -> dev.larder.io.changes.Column.nullable(column.name(), column.type()))
            .toList());
  }

  private long merge(String stage, BusinessRows made) {
    String table = made.spec().name();
    DeltaTable stored = DeltaTable.create(lake, made.spec());
    return BoundedRun.rowsAdded(
        options,
        pipeline ->
            pipeline
                .apply("Read stage", DeltaIO.readRows().from(lake, stage))
                .apply("Name", ParDo.of(new NameFn(table, made.columns())))
                .setCoder(TableRowCoder.of())
                .apply(
                    "Load",
                    DeltaIO.mergeRows()
                        .to(lake)
                        .withTables(List.of(made.spec()))
                        .withTransaction(APPLICATION, stored.latest().version() + 1)));
  }

  static final class NameFn extends DoFn<TableRow, TableRow> {
    private static final long serialVersionUID = 1L;
    private final String table;
    private final RowSchema columns;

    NameFn(String table, RowSchema columns) {
      this.table = table;
      this.columns = columns;
    }

    @ProcessElement
    public void process(@Element TableRow row, OutputReceiver<TableRow> out) {
      out.output(TableRow.put(table, columns, row.values(), Sequence.BEGINNING));
    }
  }

  /** Rows of the satellite, a row of the result at a time. */
  private static final class Made implements Iterator<Object[]> {
    private final BusinessRows made;
    private final Iterator<Object[]> rows;
    private final long[] count;
    private Object[] next;

    Made(BusinessRows made, Iterator<Object[]> rows, long[] count) {
      this.made = made;
      this.rows = rows;
      this.count = count;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        next = made.row(rows.next());
      }
      return next != null;
    }

    @Override
    public Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object[] row = next;
      next = null;
      count[0]++;
      return row;
    }
  }
}
