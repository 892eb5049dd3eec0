package dev.larder.io.delta.log;

import dev.larder.io.changes.RowSchema;
import java.util.List;
import java.util.Optional;

/**
 * What one version changed.
 *
 * @param info who wrote it, when, and why
 * @param added files whose rows are new in this version
 * @param removed files whose rows are gone; as much as their writer said of them: not always {@link
 *     DataFile#size}, never {@link DataFile#stats}
 * @param folded files whose rows were there before, in {@code foldedAway}: nothing changed for a
 *     reader of changes
 * @param foldedAway files whose rows are now in {@code folded}
 * @param schema the columns from this version on, if it changed the table's metadata
 */
public record VersionChanges(
    CommitInfo info,
    List<DataFile> added,
    List<DataFile> removed,
    List<DataFile> folded,
    List<DataFile> foldedAway,
    Optional<RowSchema> schema) {

  public VersionChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    folded = List.copyOf(folded);
    foldedAway = List.copyOf(foldedAway);
  }

  public long version() {
    return info.version();
  }
}
