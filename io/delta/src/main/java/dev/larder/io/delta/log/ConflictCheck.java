package dev.larder.io.delta.log;

import static dev.larder.io.delta.log.DataFile.ANY_BUCKET;

import dev.larder.io.delta.log.LogEntry.FileChange;
import dev.larder.io.delta.log.TableContents.Applied;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether what others committed since a commit read the table disturbs it. Pure.
 *
 * <p>What a commit has read of a bucket is out of date if rows of that bucket, or of a file that
 * may hold rows of any bucket, came or went. A rewrite that changes no rows does not matter to what
 * was read, only to what is to be removed: that is looked at apart ({@link #gone}).
 */
final class ConflictCheck {

  private ConflictCheck() {}

  /**
   * @param read the version that is out of date
   * @param what happened since: {@code added rows}
   * @param buckets affected ones; {@link DataFile#ANY_BUCKET} for all
   */
  record Conflict(long read, String what, Set<Integer> buckets) {}

  /**
   * @param since every version after the oldest that the commit has read, in order
   * @param path of the table, for messages
   */
  static Optional<Conflict> of(LogCommit commit, List<Applied> since, String path) {
    Set<Integer> affected = new TreeSet<>();
    String what = null;
    long oldest = Long.MAX_VALUE;
    for (Map.Entry<Integer, Long> read : reads(commit).entrySet()) {
      for (Applied applied : since) {
        if (applied.entry().version() > read.getValue()) {
          String found = disturbance(commit, read.getKey(), applied, path, affected);
          if (found != null) {
            what = what == null ? found : what;
            oldest = Math.min(oldest, read.getValue());
          }
        }
      }
    }
    return what == null ? Optional.empty() : Optional.of(new Conflict(oldest, what, affected));
  }

  private static Map<Integer, Long> reads(LogCommit commit) {
    Map<Integer, Long> reads = new TreeMap<>(commit.readBuckets());
    if (commit.readVersion != LogCommit.READS_NOTHING) {
      reads.put(ANY_BUCKET, commit.readVersion);
    }
    return reads;
  }

  /** What disturbs the read of a bucket; null if nothing does. */
  private static String disturbance(
      LogCommit commit, int bucket, Applied applied, String path, Set<Integer> affected) {
    String what = null;
    LogEntry entry = applied.entry();
    if (entry.metadata() != null && disturbs(commit, applied, path)) {
      affected.add(ANY_BUCKET);
      what = "changed its columns";
    }
    if (touches(entry.removed(), bucket, affected)) {
      what = "removed rows";
    }
    if (touches(entry.added(), bucket, affected)) {
      what = "added rows";
    }
    return what;
  }

  private static boolean disturbs(LogCommit commit, Applied applied, String path) {
    return commit.replacesSchema
        || commit.metadataOf.isPresent()
        || applied.before() == null
        || !applied.entry().metadata().onlyAddsTo(applied.before(), path);
  }

  private static boolean touches(List<FileChange> changes, int bucket, Set<Integer> affected) {
    boolean touched = false;
    for (FileChange change : changes) {
      int other = change.file().bucket();
      if (change.dataChange() && (bucket == ANY_BUCKET || other == ANY_BUCKET || other == bucket)) {
        affected.add(bucket == ANY_BUCKET ? other : bucket);
        touched = true;
      }
    }
    return touched;
  }

  /** The buckets of files that are to be removed but are no longer there. */
  static Set<Integer> gone(List<DataFile> gone) {
    Set<Integer> buckets = new TreeSet<>();
    gone.forEach(file -> buckets.add(file.bucket()));
    return buckets;
  }
}
