package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import org.apache.beam.sdk.values.PCollection;

/**
 * {@link DeltaIO#writeRows}: appends rows to the tables they name.
 *
 * <p><b>Input</b>: bounded rows of any tables, declared or not; {@link TableRow.Change#DELETE} is
 * refused.
 */
public final class WriteRows extends LoadRows<WriteRows> {
  private static final long serialVersionUID = 1L;

  WriteRows(LoadPlan plan) {
    super(plan);
  }

  @Override
  WriteRows with(LoadPlan wanted) {
    return new WriteRows(wanted);
  }

  @Override
  public DeltaWriteResult expand(PCollection<TableRow> rows) {
    plan.requireComplete("writeRows()");
    return rows.apply("Load", new LoadTables(plan));
  }
}
