package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import org.apache.beam.sdk.values.PCollection;

/**
 * {@link DeltaIO#mergeRows}: loads rows by their tables' rules.
 *
 * <p><b>Input</b>: bounded rows of the declared tables; {@link TableRow.Change#DELETE} only for
 * SCD2.
 */
public final class MergeRows extends LoadRows<MergeRows> {
  private static final long serialVersionUID = 1L;

  MergeRows(LoadPlan plan) {
    super(plan);
  }

  @Override
  MergeRows with(LoadPlan wanted) {
    return new MergeRows(wanted);
  }

  @Override
  public DeltaWriteResult expand(PCollection<TableRow> rows) {
    plan.requireComplete("mergeRows()");
    return rows.apply("Load", new LoadTables(plan));
  }
}
