package dev.larder.io.delta;

import dev.larder.io.delta.service.FileGroup;
import dev.larder.io.delta.service.OptimizeReport;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.RewriteResult;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * {@link DeltaIO#optimize}: makes small files large, puts rows back into their buckets, and sorts
 * rows so that a filter on a few columns reads few files.
 *
 * <p><b>Output</b>: an {@link OptimizeReport} for each table, when it is done.
 *
 * <p><b>Compaction</b>: files below three quarters of the target size are written together, within
 * their partition and bucket, up to the target. Of a table that has buckets, files without one
 * (another engine wrote them) are first taken apart by the rows' keys.
 *
 * <p><b>Clustering</b> ({@link #withClusterBy}): rows are sorted along a Hilbert curve through the
 * quantiles of 1 to 4 columns, learnt from 100,000 rows; absent values come first. Files tell by
 * tags how they are clustered. A later run sorts what has come since into groups of its own, and
 * joins groups that are small; files that are clustered in full groups stay. Compaction leaves
 * clustered files alone.
 *
 * <p><b>Guarantees</b>: no row of the table is changed, added or lost; readers and older versions
 * see the same rows as before. Each group of files is one commit that says so ({@code dataChange}
 * false), so that streams from the table see nothing, appends go on beside it, and a run that ends
 * half-way leaves the finished groups. A group that a merge or delete has taken a file of is
 * written again without it, up to five times; then it is counted in {@link
 * RewriteResult#setsGivenUp} and left to the next run.
 *
 * <p><b>Cost</b>: every byte of a group is read once (clustering reads the columns of the sample
 * once more) and written once. Groups are written side by side, each by one worker: up to 1 GiB of
 * small files, or {@link #withGroupSize} of clustered ones (8 GiB if it is not said), for which a
 * worker holds 128 MiB of rows in memory and the rest in {@code java.io.tmpdir}. Old files stay
 * until vacuum.
 *
 * <p><b>Errors</b>: {@link dev.larder.io.changes.UserException} for a table that is not there or
 * cannot be written here, and for columns that it lacks or that have no order.
 */
public final class OptimizeTables extends PTransform<PBegin, PCollection<OptimizeReport>> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final List<String> tables;
  private final OptimizeSettings settings;

  OptimizeTables() {
    this(null, List.of(), OptimizeSettings.DEFAULT);
  }

  private OptimizeTables(String lake, List<String> tables, OptimizeSettings settings) {
    this.lake = lake;
    this.tables = tables;
    this.settings = settings;
  }

  /**
   * @param lake path or URI
   * @param table the table's path below the lake
   */
  public OptimizeTables table(String lake, String table) {
    return tables(lake, List.of(table));
  }

  /** Several tables of a lake, side by side. */
  public OptimizeTables tables(String lake, Collection<String> tables) {
    return new OptimizeTables(Objects.requireNonNull(lake, "lake"), List.copyOf(tables), settings);
  }

  /**
   * @param bytes that a file is to have, about; if it is not said, what the table's property {@code
   *     delta.targetFileSize} says, else 128 MiB
   */
  public OptimizeTables withTargetFileSize(long bytes) {
    return new OptimizeTables(lake, tables, settings.withTargetSize(bytes));
  }

  /**
   * @param bytes of files that are clustered together, at most; those of 64 files if it is not said
   */
  public OptimizeTables withGroupSize(long bytes) {
    return new OptimizeTables(lake, tables, settings.withGroupSize(bytes));
  }

  /**
   * @param columns 1 to 4, of any type but structs, arrays and maps; all tables must have them
   */
  public OptimizeTables withClusterBy(String... columns) {
    return new OptimizeTables(lake, tables, settings.withClusterBy(List.of(columns)));
  }

  @Override
  public PCollection<OptimizeReport> expand(PBegin begin) {
    if (lake == null) {
      throw new IllegalStateException("optimize() needs table(lake, table)");
    }
    PCollectionTuple planned =
        begin
            .apply("Tables", Create.of(tables).withCoder(StringUtf8Coder.of()))
            .apply("Plan splits", ParDo.of(new PlanSplitsFn(lake, settings)))
            .setCoder(SerializableCoder.of(FileGroup.class))
            .apply("Split into buckets", new Rewrite(lake, settings))
            .apply("Await splits", GroupByKey.create())
            .apply(
                "Plan rewrites",
                ParDo.of(new PlanRewritesFn(lake, settings))
                    .withOutputTags(PlanRewritesFn.GROUPS, TupleTagList.of(PlanRewritesFn.DONE)));
    PCollection<KV<String, RewriteResult>> rewritten =
        planned
            .get(PlanRewritesFn.GROUPS)
            .setCoder(SerializableCoder.of(FileGroup.class))
            .apply("Rewrite groups", new Rewrite(lake, settings));
    return PCollectionList.of(planned.get(PlanRewritesFn.DONE).setCoder(rewritten.getCoder()))
        .and(rewritten)
        .apply("All results", Flatten.pCollections())
        .apply("Results of a table", GroupByKey.create())
        .apply("Report", ParDo.of(new ReportOptimizedFn(lake, settings)))
        .setCoder(SerializableCoder.of(OptimizeReport.class));
  }

  private static final class Rewrite
      extends PTransform<PCollection<FileGroup>, PCollection<KV<String, RewriteResult>>> {
    private static final long serialVersionUID = 1L;

    private final String lake;
    private final OptimizeSettings settings;

    Rewrite(String lake, OptimizeSettings settings) {
      this.lake = lake;
      this.settings = settings;
    }

    @Override
    public PCollection<KV<String, RewriteResult>> expand(PCollection<FileGroup> groups) {
      return groups
          .apply("Spread groups", Reshuffle.viaRandomKey())
          .apply("Write", ParDo.of(new RewriteGroupFn(lake, settings)))
          .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(RewriteResult.class)));
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("tables", String.join(", ", tables)))
        .add(DisplayData.item("clusterBy", String.join(", ", settings.clusterBy())))
        .add(DisplayData.item("targetFileSize", settings.targetSize()));
  }
}
