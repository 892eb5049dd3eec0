package dev.larder.io.delta.log;

import dev.larder.io.delta.store.StoredFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the files of a log's folder are, by their names. Immutable. */
final class LogListing {
  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern WHOLE = Pattern.compile("(\\d{20})\\.checkpoint\\.parquet");
  private static final Pattern PART =
      Pattern.compile("(\\d{20})\\.checkpoint\\.(\\d{10})\\.(\\d{10})\\.parquet");
  private static final Pattern NEWER =
      Pattern.compile("(\\d{20})\\.checkpoint\\.[0-9A-Fa-f-]{36}\\.(json|parquet)");
  private static final Pattern NUMBERED = Pattern.compile("(\\d{20})\\..*");

  private final long from;
  private final List<StoredFile> files;
  private final NavigableMap<Long, StoredFile> commits = new TreeMap<>();
  private final NavigableMap<Long, Checkpoint> checkpoints = new TreeMap<>();
  private boolean newerCheckpoints;

  /**
   * @param names of its files, in order
   * @param modifiedAt milliseconds since the epoch
   */
  record Checkpoint(long version, List<String> names, long modifiedAt) {}

  /**
   * @param from the first version that was asked for
   */
  LogListing(long from, List<StoredFile> files) {
    this.from = from;
    this.files = List.copyOf(files);
    NavigableMap<String, NavigableMap<Long, StoredFile>> parts = new TreeMap<>();
    for (StoredFile file : files) {
      Matcher commit = COMMIT.matcher(file.name());
      Matcher whole = WHOLE.matcher(file.name());
      Matcher part = PART.matcher(file.name());
      if (commit.matches()) {
        commits.put(Long.valueOf(commit.group(1)), file);
      } else if (whole.matches()) {
        put(Long.parseLong(whole.group(1)), List.of(file));
      } else if (part.matches()) {
        parts
            .computeIfAbsent(part.group(1) + part.group(3), key -> new TreeMap<>())
            .put(Long.valueOf(part.group(2)), file);
      } else if (NEWER.matcher(file.name()).matches()) {
        newerCheckpoints = true;
      }
    }
    parts.forEach(
        (key, found) -> {
          long version = Long.parseLong(key.substring(0, 20));
          boolean complete = found.size() == Long.parseLong(key.substring(20));
          if (complete && !checkpoints.containsKey(version)) {
            put(version, new ArrayList<>(found.values()));
          }
        });
  }

  private void put(long version, List<StoredFile> checkpoint) {
    checkpoints.put(
        version,
        new Checkpoint(
            version,
            checkpoint.stream().map(StoredFile::name).toList(),
            checkpoint.get(0).modifiedAt()));
  }

  long from() {
    return from;
  }

  boolean isEmpty() {
    return commits.isEmpty() && checkpoints.isEmpty() && !newerCheckpoints;
  }

  /** JSON files by version. */
  NavigableMap<Long, StoredFile> commits() {
    return Collections.unmodifiableNavigableMap(commits);
  }

  /** Complete checkpoints by version. */
  NavigableMap<Long, Checkpoint> checkpoints() {
    return Collections.unmodifiableNavigableMap(checkpoints);
  }

  /** Whether there are checkpoints of the second kind, which we do not read. */
  boolean hasNewerCheckpoints() {
    return newerCheckpoints;
  }

  /** The latest version; -1 if there is none. */
  long latest() {
    return Math.max(
        commits.isEmpty() ? -1 : commits.lastKey(),
        checkpoints.isEmpty() ? -1 : checkpoints.lastKey());
  }

  /** The first of the versions without gaps that end with the latest; only their JSON counts. */
  private long startOfRun() {
    long start = commits.isEmpty() ? Long.MAX_VALUE : commits.lastKey();
    while (commits.containsKey(start - 1)) {
      start--;
    }
    return start;
  }

  /** The oldest version that can be read as things stand; empty if there is none. */
  OptionalLong oldestReadable() {
    long start = startOfRun();
    if (start == 0) {
      return OptionalLong.of(0);
    }
    Long checkpoint = commits.isEmpty() ? null : checkpoints.ceilingKey(Math.max(0, start - 1));
    if (checkpoint == null) {
      checkpoint = checkpoints.isEmpty() ? null : checkpoints.lastKey();
    }
    return checkpoint == null ? OptionalLong.empty() : OptionalLong.of(checkpoint);
  }

  /** All files that belong to versions before the given one: checksums and the like too. */
  List<String> namesBefore(long version) {
    List<String> names = new ArrayList<>();
    for (StoredFile file : files) {
      Matcher numbered = NUMBERED.matcher(file.name());
      if (numbered.matches() && Long.parseLong(numbered.group(1)) < version) {
        names.add(file.name());
      }
    }
    return names;
  }

  /**
   * The times of the versions that have a JSON file: modification times, made to grow by at least a
   * millisecond from version to version, as Spark does it.
   */
  NavigableMap<Long, Long> times() {
    NavigableMap<Long, Long> times = new TreeMap<>();
    long last = Long.MIN_VALUE;
    for (StoredFile commit : commits.values()) {
      last = last == Long.MIN_VALUE ? commit.modifiedAt() : Math.max(commit.modifiedAt(), last + 1);
      times.put(Long.valueOf(commit.name().substring(0, 20)), last);
    }
    return times;
  }
}
