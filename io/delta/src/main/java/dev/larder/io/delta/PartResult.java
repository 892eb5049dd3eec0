package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import java.io.Serializable;
import java.util.List;

/**
 * What was written for one part of a table, to be committed.
 *
 * @param readVersion the version that the merge has read; {@link LogCommit#READS_NOTHING} for an
 *     append
 * @param schema columns of the added files
 * @param folded files that hold what {@code foldedAway} held, and nothing else
 */
record PartResult(
    long readVersion,
    long rowsIn,
    long rowsAdded,
    RowSchema schema,
    List<DataFile> added,
    List<DataFile> removed,
    List<DataFile> folded,
    List<DataFile> foldedAway)
    implements Serializable {

  PartResult {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    folded = List.copyOf(folded);
    foldedAway = List.copyOf(foldedAway);
  }

  static PartResult nothing(long readVersion, long rowsIn, RowSchema schema) {
    return new PartResult(
        readVersion, rowsIn, 0, schema, List.of(), List.of(), List.of(), List.of());
  }
}
