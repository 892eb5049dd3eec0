package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.file.StoredBounds;
import dev.larder.io.delta.filter.FieldPath;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.VersionChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From which value of a column on rows came or went.
 *
 * @param isAnything whether any came or went
 * @param lowest no row that came or went has a value below it; null if that is not known
 */
public record ChangedBound(boolean isAnything, Object lowest) {

  static ChangedBound of(TableLog log, RowSchema schema, String column, long after, long upTo) {
    FieldPath path = FieldPath.find(schema, column).orElseThrow();
    Object lowest = null;
    boolean isAnything = false;
    boolean isKnown = true;
    for (VersionChanges version : log.changes(after + 1, upTo)) {
      for (DataFile file : files(log, version)) {
        Object min = StoredBounds.parse(file.stats()).column(path).min();
        isKnown &= min != null;
        lowest = !isAnything || min != null && Values.compare(min, lowest) < 0 ? min : lowest;
        isAnything = true;
      }
    }
    return new ChangedBound(isAnything, isKnown ? lowest : null);
  }

  /** Added and removed ones; the log does not repeat the statistics of the latter. */
  private static List<DataFile> files(TableLog log, VersionChanges version) {
    List<DataFile> files = new ArrayList<>(version.added());
    if (!version.removed().isEmpty()) {
      Set<String> gone = version.removed().stream().map(DataFile::path).collect(Collectors.toSet());
      log.at(version.version() - 1).files().stream()
          .filter(file -> gone.contains(file.path()))
          .forEach(files::add);
    }
    return files;
  }
}
