package dev.larder.io.delta;

import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.util.Collection;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * What {@link WriteRows} and {@link MergeRows} have in common: a place, tables and a transaction.
 */
abstract sealed class LoadRows<T extends LoadRows<T>>
    extends PTransform<PCollection<TableRow>, DeltaWriteResult> permits WriteRows, MergeRows {
  private static final long serialVersionUID = 1L;

  final LoadPlan plan;

  LoadRows(LoadPlan plan) {
    this.plan = plan;
  }

  abstract T with(LoadPlan wanted);

  /**
   * @param lake path or {@code file:} URI
   */
  public T to(String lake) {
    return with(plan.withLake(lake));
  }

  /**
   * The declared tables: columns, properties and rules. One that is not there is created by its
   * first rows.
   */
  public T withTables(Collection<TableSpec> specs) {
    return with(plan.withTables(specs));
  }

  /**
   * @param appId who writes; the same for all batches of one pipeline
   * @param batch grows from batch to batch, at least 0; the same when a batch is run again
   */
  public T withTransaction(String appId, long batch) {
    return with(plan.withTransaction(appId, batch));
  }

  /** What becomes of columns that the tables lack, or have in a narrower type; without it, ADD. */
  public T withSchemaPolicy(SchemaPolicy policy) {
    return with(plan.withSchemaPolicy(policy));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("batch", plan.batch()));
  }
}
