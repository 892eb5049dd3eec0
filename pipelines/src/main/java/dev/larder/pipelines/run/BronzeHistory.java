package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableChangesCoder;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.delta.DeltaIO;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.bronze.ReadChanges;
import dev.larder.transforms.bronze.RepairSnapshot;
import dev.larder.transforms.bronze.SnapshotWindow;
import java.util.Collection;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The history of source tables as bronze holds it: the snapshot, brought to the true state at its
 * start, and the log behind it. The vault is loaded with it at the hand-over and by a backfill.
 */
final class BronzeHistory extends PTransform<PBegin, PCollection<TableChanges>> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final transient Collection<TableSchema> tables;
  private final TreeMap<TableId, SnapshotWindow> windows;

  /**
   * @param windows the snapshot that each table's history begins with
   */
  BronzeHistory(
      String lake, Collection<TableSchema> tables, TreeMap<TableId, SnapshotWindow> windows) {
    this.lake = lake;
    this.tables = tables;
    this.windows = windows;
  }

  @Override
  public PCollection<TableChanges> expand(PBegin begin) {
    TreeMap<TableId, SnapshotWindow> starts = windows;
    PCollection<TableChanges> snapshot =
        read(begin, Origin.SNAPSHOT)
            .apply(
                "Rows of the snapshot",
                some(change -> isOfSnapshot(change.sequence(), start(starts, change))))
            .setCoder(TableChangesCoder.of());
    PCollection<TableChanges> log =
        read(begin, Origin.LOG)
            .apply(
                "Log behind it",
                some(change -> change.sequence().compareTo(start(starts, change)) > 0))
            .setCoder(TableChangesCoder.of());
    return PCollectionList.of(
            snapshot.apply("True state at the start", RepairSnapshot.byLog(log, windows)))
        .and(log)
        .apply("Both", Flatten.pCollections());
  }

  private static MapElements<TableChanges, TableChanges> some(
      SerializableFunction<ChangeRecord, Boolean> test) {
    return MapElements.into(TypeDescriptor.of(TableChanges.class))
        .via(changes -> changes.where(test));
  }

  /**
   * Files hold changes of one origin, and each is read by itself. Groups are handed on, not
   * changes: SparkRunner would hold all changes of a file before the next step saw one, and keep
   * those of the log, which two steps take, as objects. The log is read twice instead.
   */
  private PCollection<TableChanges> read(PBegin begin, Origin origin) {
    String name = BronzeRows.origin(origin);
    return begin
        .apply(
            "Read bronze: " + name,
            DeltaIO.readRows()
                .from(lake, Bronze.names(windows.keySet()))
                .where(Bronze.isFrom(origin))
                .groups())
        .apply("As changes: " + name, ReadChanges.of(tables).groups());
  }

  /**
   * Rows of a snapshot carry its start. Full reads that are joined to no log follow one another:
   * the history has all of them, with what each found gone.
   */
  private static boolean isOfSnapshot(Sequence row, Sequence start) {
    return start.file() == 0
        ? row.file() == 0 && row.position() >= start.position()
        : row.equals(start);
  }

  private static Sequence start(TreeMap<TableId, SnapshotWindow> windows, ChangeRecord change) {
    return windows.get(change.table().id()).start();
  }
}
