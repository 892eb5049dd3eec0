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

  /**
   * At about what size files are closed; without it, what the table's property {@code
   * delta.targetFileSize} says, else 128 MiB.
   *
   * @param bytes at least 1 MiB
   */
  public WriteRows withTargetFileSize(long bytes) {
    return with(plan.withTargetFileSize(bytes));
  }

  @Override
  public DeltaWriteResult expand(PCollection<TableRow> rows) {
    plan.requireComplete("writeRows()");
    return rows.apply("Load", new LoadTables(plan));
  }
}
