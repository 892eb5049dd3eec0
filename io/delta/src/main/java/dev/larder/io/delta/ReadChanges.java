package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * {@link DeltaIO#readChanges}: what versions did to the rows of one or more tables.
 *
 * <pre>{@code
 * DeltaIO.readChanges().from(lake, "vault/sat_order").afterVersion(41)       // up to the latest
 * DeltaIO.readChanges().from(lake, tables).afterTime(monday).upToTime(tuesday)
 * }</pre>
 *
 * <p><b>Output</b>: bounded. The table's columns as they are after the last version read, then
 * those of Delta's change data feed: {@code _change_type} (STRING: {@code insert}, {@code delete},
 * {@code update_preimage}, {@code update_postimage}), {@code _commit_version} (INT) and {@code
 * _commit_timestamp} (TIMESTAMP, to the millisecond). {@link TableRow#order} grows with the
 * version; within a version a row that goes comes before one that comes.
 *
 * <p><b>Guarantees</b>: the changes after version a up to version b, applied to the rows of a one
 * version after the other, give the rows of b, each as often as it is there. A row that a version
 * wrote anew without changing it (a copy in another file) is no change; neither is anything that
 * its writer declared to be none ({@code dataChange=false}: compaction, folding). No change data
 * feed has to be enabled on the table: changes are derived from the files that versions added and
 * removed. A removed and an added row of one key are the two images of an update; the key is the
 * one given by {@link #withKey}, else the one the table was made with (of an SCD2 table together
 * with the start of a version). Without a key, an update is a delete and an insert. Changes of one
 * version that cancel out are not seen; changes of different versions are all put out.
 *
 * <p><b>Cost</b>: versions are read side by side. One that only added files (append, insert if
 * absent, insert if changed) or only removed them costs reading these. One that did both (SCD2,
 * latest, a foreign UPDATE) costs reading its removed and its added files and one shuffle of their
 * rows, in blocks; in memory are the rows of one part of a version, some 4 MiB of files, that have
 * not met their counterpart.
 *
 * <p><b>Errors</b>: {@link dev.larder.io.changes.UserException} if versions or times are out of
 * range; if files or log entries that versions need were removed by vacuum or clean-up (naming the
 * version after which changes are available); if a version gave a column another type; if a column
 * of the table has the name of an added one. Counted are {@link MetricNames#FILES_PLANNED}, {@link
 * MetricNames#ROW_GROUPS_READ}, {@link MetricNames#BYTES_READ} and {@link MetricNames#ROWS_READ}
 * (rows put out).
 *
 * <p><b>Source</b>: "Change Data Files" of the Delta protocol.
 */
public final class ReadChanges extends PTransform<PBegin, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  private final List<String> tables;
  private final ChangePlan plan;

  ReadChanges() {
    this(List.of(), new ChangePlan(null, null, null, Map.of()));
  }

  private ReadChanges(List<String> tables, ChangePlan plan) {
    this.tables = tables;
    this.plan = plan;
  }

  /**
   * @param lake path or {@code file:} URI
   * @param table the table's path below the lake
   */
  public ReadChanges from(String lake, String table) {
    return from(lake, List.of(table));
  }

  /** Reads the changes of several tables into one PCollection. */
  public ReadChanges from(String lake, Collection<String> names) {
    return new ReadChanges(List.copyOf(names), plan.withLake(Objects.requireNonNull(lake, "lake")));
  }

  /**
   * Reads the changes of the versions behind this one.
   *
   * @param version -1 for all versions from the first on
   */
  public ReadChanges afterVersion(long version) {
    return new ReadChanges(tables, plan.withAfter(new ChangePlan.Place(version, null)));
  }

  /** Reads the changes of the versions behind the one that was the latest at a time. */
  public ReadChanges afterTime(Instant time) {
    return new ReadChanges(tables, plan.withAfter(place(time)));
  }

  /** The last version whose changes are read; without it, the latest. */
  public ReadChanges upToVersion(long version) {
    return new ReadChanges(tables, plan.withUpTo(new ChangePlan.Place(version, null)));
  }

  /** The last version is the one that was the latest at a time. */
  public ReadChanges upToTime(Instant time) {
    return new ReadChanges(tables, plan.withUpTo(place(time)));
  }

  /**
   * The columns by which a table's rows are told apart.
   *
   * @param columns empty to have no updates, but deletes and inserts
   */
  public ReadChanges withKey(String table, List<String> columns) {
    return new ReadChanges(tables, plan.withKey(table, columns));
  }

  private static ChangePlan.Place place(Instant time) {
    return new ChangePlan.Place(-1, Objects.requireNonNull(time, "time"));
  }

  @Override
  public PCollection<TableRow> expand(PBegin begin) {
    if (plan.lake() == null || plan.after() == null) {
      throw new IllegalStateException(
          "readChanges() needs from(lake, table) and afterVersion(...) or afterTime(...)");
    }
    PCollectionTuple planned =
        begin
            .apply("Tables", Create.of(tables).withCoder(StringUtf8Coder.of()))
            .apply(
                "Plan changes",
                ParDo.of(new PlanChangesFn(plan))
                    .withOutputTags(PlanChangesFn.DIRECT, TupleTagList.of(PlanChangesFn.COMPARED)));
    return PCollectionList.of(direct(planned))
        .and(compared(planned))
        .apply("All changes", Flatten.pCollections());
  }

  private PCollection<TableRow> direct(PCollectionTuple planned) {
    return planned
        .get(PlanChangesFn.DIRECT)
        .setCoder(SerializableCoder.of(ChangeSplit.class))
        .apply("Spread files", Reshuffle.viaRandomKey())
        .apply("Read files", ParDo.of(new ReadChangedFilesFn(plan.lake())))
        .setCoder(TableRowCoder.of());
  }

  private PCollection<TableRow> compared(PCollectionTuple planned) {
    return planned
        .get(PlanChangesFn.COMPARED)
        .setCoder(SerializableCoder.of(ChangeSplit.class))
        .apply("Spread files to compare", Reshuffle.viaRandomKey())
        .apply("Block rows", ParDo.of(new BlockChangesFn(plan.lake())))
        .setCoder(KvCoder.of(new ChangePart.PartCoder(), new ChangeBlock.BlockCoder()))
        .apply("Group by part", GroupByKey.create())
        .apply("Compare", ParDo.of(new CompareChangesFn()))
        .setCoder(TableRowCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("tables", String.join(", ", tables)));
  }
}
