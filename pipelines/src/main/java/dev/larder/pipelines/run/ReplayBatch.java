package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.delta.DeltaIO;
import dev.larder.transforms.bronze.CorrectSnapshot;
import dev.larder.transforms.bronze.EachChange;
import dev.larder.transforms.bronze.KeepChanges;
import dev.larder.transforms.bronze.SnapshotWindow;
import dev.larder.transforms.bronze.WithLaterChanges;
import dev.larder.transforms.vault.VaultKeys;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Dead letters on the way that they would have gone: what can be decoded now into bronze and the
 * vault, changes that the vault had refused out of bronze into the vault. All are loaded with the
 * later changes of their keys (docs/adr/0010), so that each takes its place in the order; one that
 * is the first of its key behind a snapshot also corrects the snapshot's row. What the vault
 * refuses becomes a letter.
 *
 * @param tables the tables with letters that the vault has taken over
 * @param windows of these tables; changes of others wait in bronze for their hand-over
 */
record ReplayBatch(
    String lake,
    VaultLake vault,
    Collection<TableSchema> tables,
    TreeMap<TableId, SnapshotWindow> windows) {
  static final String TRANSACTION = "replay";

  /**
   * @param decoded changes that are not in bronze yet
   * @param refused places of changes that are in bronze and were refused by the vault
   */
  void build(Pipeline pipeline, long number, List<ChangeRecord> decoded, Set<LogPlace> refused) {
    PCollection<ChangeRecord> changes =
        pipeline.apply("Letters", Create.of(decoded).withCoder(ChangeRecordCoder.of()));
    PCollectionList<TableRow> rows =
        PCollectionList.of(changes.apply("Keep changes", KeepChanges.asRows()));
    if (!tables.isEmpty()) {
      Set<LogPlace> places = new HashSet<>(refused);
      decoded.forEach(change -> places.add(change.place()));
      rows = rows.and(load(pipeline, number, decoded, changes, refused, texts(places)));
    }
    rows.apply("Rows to append", Flatten.pCollections())
        .apply(
            "Write bronze and letters",
            DeltaIO.writeRows()
                .to(lake)
                .withSchemaPolicy(SchemaPolicy.WIDEN)
                .withTransaction(TRANSACTION, number));
  }

  private PCollection<TableRow> load(
      Pipeline pipeline,
      long number,
      List<ChangeRecord> decoded,
      PCollection<ChangeRecord> changes,
      Set<LogPlace> refused,
      HashSet<String> places) {
    TreeMap<TableId, SnapshotWindow> starts = windows;
    HashSet<String> again = texts(refused);
    PCollection<ChangeRecord> history =
        pipeline
            .apply("History in bronze", new BronzeHistory(lake, tables, windows))
            .apply("Changes", EachChange.ofGroups());
    PCollection<ChangeRecord> back =
        PCollectionList.of(
                changes.apply("Behind the snapshot", Filter.by(change -> isBehind(starts, change))))
            .and(
                history
                    .apply("Log", Filter.by(change -> change.origin() == Origin.LOG))
                    .apply("Rows they correct", CorrectSnapshot.by(decoded, windows)))
            .and(
                history.apply(
                    "Refused by the vault",
                    Filter.by(
                        change ->
                            change.place() != null && again.contains(change.place().toString()))))
            .apply("Put back", Flatten.pCollections())
            .apply(
                "With later changes of their keys",
                WithLaterChanges.from(history, new VaultKeys(vault.tables())));
    Set<String> released = new HashSet<>(places);
    released.addAll(new DeadLetters(lake).released());
    return vault
        .backfillGivingLetters(back, released, TRANSACTION, number)
        .apply("Letters of these", Filter.by(letter -> places.contains(place(letter.values()))));
  }

  private static boolean isBehind(TreeMap<TableId, SnapshotWindow> windows, ChangeRecord change) {
    SnapshotWindow window = windows.get(change.table().id());
    return window != null && change.sequence().compareTo(window.start()) > 0;
  }

  private static HashSet<String> texts(Set<LogPlace> places) {
    return places.stream().map(LogPlace::toString).collect(Collectors.toCollection(HashSet::new));
  }

  /** The place in a row of {@link dev.larder.io.changes.DeadLetter#SCHEMA}. */
  private static String place(Object[] letter) {
    return letter[2] == null
        ? ""
        : new LogPlace((String) letter[2], Math.toIntExact((Long) letter[3]), (Long) letter[4])
            .toString();
  }
}
