package dev.larder.io.delta.service;

import dev.larder.io.delta.log.DataFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one worker writes anew and commits as one version.
 *
 * @param table the table's path below the lake
 */
public record FileGroup(String table, List<FileSet> sets) implements Serializable {
  /** A set that is larger is a group of its own. */
  private static final long GROUP_BYTES = 1L << 30;

  private static final Pattern ROWS = Pattern.compile("\"numRecords\"\\s*:\\s*(\\d{1,18})");

  public FileGroup {
    sets = List.copyOf(sets);
  }

  public long bytes() {
    return sets.stream().mapToLong(FileSet::bytes).sum();
  }

  /** Rows of the files, as far as their statistics tell. */
  public long rows() {
    return sets.stream().flatMap(set -> set.files().stream()).mapToLong(FileGroup::rows).sum();
  }

  private static long rows(DataFile file) {
    Matcher rows = ROWS.matcher(file.stats() == null ? "" : file.stats());
    return rows.find() ? Long.parseLong(rows.group(1)) : 0;
  }

  /** Sets in groups that are large enough to be worth a version, and small enough to be redone. */
  static List<FileGroup> of(String table, List<FileSet> sets) {
    List<FileGroup> groups = new ArrayList<>();
    List<FileSet> open = new ArrayList<>();
    long bytes = 0;
    for (FileSet set : sets) {
      if (bytes > 0 && bytes + set.bytes() > GROUP_BYTES) {
        groups.add(new FileGroup(table, open));
        open = new ArrayList<>();
        bytes = 0;
      }
      open.add(set);
      bytes += set.bytes();
    }
    if (!open.isEmpty()) {
      groups.add(new FileGroup(table, open));
    }
    return groups;
  }
}
