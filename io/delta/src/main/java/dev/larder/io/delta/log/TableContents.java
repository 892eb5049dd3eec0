package dev.larder.io.delta.log;

import dev.larder.io.delta.log.LogEntry.Batch;
import dev.larder.io.delta.log.LogEntry.FileChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table is after a version of its log, in memory; {@link #apply} takes it to the next
 * version. Not safe for use by many threads.
 *
 * <p><b>Cost</b>: a version costs its own actions, not the table's files; {@link #state} copies a
 * reference for each live file.
 *
 * <p><b>Source</b>: Delta's PROTOCOL.md, "Action Reconciliation".
 */
final class TableContents {
  private static final int PRUNE_EVERY = 100;

  private final Map<String, DataFile> live = new LinkedHashMap<>();
  private final Map<String, DataFile> tombstones = new HashMap<>();
  private final Map<String, Batch> batches = new HashMap<>();
  private final Set<String> withVectors = new HashSet<>();
  private long version;
  private long time;
  private Protocol protocol;
  private TableMetadata metadata;

  /**
   * An empty table.
   *
   * @param version that the next entry follows
   * @param time milliseconds since the epoch
   */
  TableContents(long version, long time) {
    this.version = version;
    this.time = time;
  }

  /** What a version was, and what it was applied to: enough to find conflicts with it. */
  record Applied(LogEntry entry, TableMetadata before) {}

  /**
   * Takes the next version in.
   *
   * @return the entry, with what the table knew of the removed files, and its time made later than
   *     that of the version before
   */
  Applied apply(LogEntry entry) {
    if (entry.version() != version + 1) {
      throw new IllegalStateException("version " + entry.version() + " does not follow " + version);
    }
    TableMetadata before = metadata;
    List<FileChange> known = new ArrayList<>();
    for (FileChange change : entry.removed()) {
      known.add(known(change));
    }
    take(entry);
    time = version < 0 ? entry.time() : Math.max(entry.time(), time + 1);
    version = entry.version();
    if (version % PRUNE_EVERY == 0) {
      prune();
    }
    return new Applied(
        new LogEntry(
            version,
            time,
            entry.protocol(),
            entry.metadata(),
            entry.added(),
            known,
            entry.batches(),
            entry.commitInfo()),
        before);
  }

  /** Takes in what a checkpoint, or a part of one, holds of this version. */
  void take(LogEntry entry) {
    if (entry.protocol() != null) {
      protocol = entry.protocol();
    }
    if (entry.metadata() != null) {
      metadata = entry.metadata();
    }
    batches.putAll(entry.batches());
    // A version never adds and removes one file (path and deletion vector): any order will do.
    for (FileChange change : entry.removed()) {
      String key = change.key();
      live.remove(key);
      withVectors.remove(key);
      tombstones.put(key, change.file());
    }
    for (FileChange change : entry.added()) {
      String key = change.key();
      tombstones.remove(key);
      live.put(key, change.file());
      if (change.deletionVector() != null) {
        withVectors.add(key);
      }
    }
  }

  private FileChange known(FileChange removed) {
    DataFile file = live.get(removed.key());
    return file == null
        ? removed
        : new FileChange(
            file.removedAt(removed.file().deletedAt()),
            removed.deletionVector(),
            removed.dataChange());
  }

  private void prune() {
    if (metadata != null) {
      long kept = time - TableProperties.fileRetention(metadata.properties()).toMillis();
      tombstones.values().removeIf(file -> file.deletedAt() < kept);
    }
  }

  long version() {
    return version;
  }

  Protocol protocol() {
    return protocol;
  }

  TableMetadata metadata() {
    return metadata;
  }

  /** Paths of the live files. */
  Set<String> paths() {
    return Collections.unmodifiableSet(live.keySet());
  }

  boolean isLive(DataFile file) {
    return live.containsKey(file.path());
  }

  /** Whether a live file has rows that a deletion vector takes away. */
  boolean hasDeletionVectors() {
    return !withVectors.isEmpty();
  }

  /** The latest batch of the application; -1 if there is none. */
  long batch(String appId) {
    Batch batch = batches.get(appId);
    return batch == null ? -1 : batch.number();
  }

  List<DataFile> tombstones() {
    return List.copyOf(tombstones.values());
  }

  /** A version's contents, which do not change any more. */
  record Frozen(
      long version,
      Protocol protocol,
      TableMetadata metadata,
      List<DataFile> files,
      List<DataFile> tombstones,
      Map<String, Batch> batches) {}

  /** What there is now: references are copied. */
  Frozen freeze() {
    return new Frozen(
        version, protocol, metadata, List.copyOf(live.values()), tombstones(), Map.copyOf(batches));
  }

  /**
   * @param path for messages
   */
  TableState state(String path) {
    return new TableState(
        version,
        Instant.ofEpochMilli(time),
        metadata.schema(path),
        metadata.partitionColumns(),
        metadata.properties(),
        List.copyOf(live.values()));
  }
}
