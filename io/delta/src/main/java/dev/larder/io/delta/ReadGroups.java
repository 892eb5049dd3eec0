package dev.larder.io.delta;

import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableRowsCoder;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** {@link ReadRows#groups}: splits whose rows are read where they are used. */
final class ReadGroups extends PTransform<PBegin, PCollection<TableRows>> {
  private static final long serialVersionUID = 1L;

  private final List<String> tables;
  private final ReadPlan plan;

  ReadGroups(List<String> tables, ReadPlan plan) {
    this.tables = tables;
    this.plan = plan;
  }

  @Override
  public PCollection<TableRows> expand(PBegin begin) {
    ReadPlan read = plan;
    return begin
        .apply("Tables", Create.of(tables).withCoder(StringUtf8Coder.of()))
        .apply("Plan files", ParDo.of(new PlanFilesFn(plan)))
        .setCoder(SerializableCoder.of(ReadSplit.class))
        .apply("Spread files", Reshuffle.viaRandomKey())
        .apply(
            "Rows of files",
            MapElements.into(TypeDescriptor.of(TableRows.class))
                .via(split -> new SplitRows(read, split)))
        .setCoder(TableRowsCoder.of());
  }
}
