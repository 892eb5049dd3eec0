package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import java.io.Serializable;
import java.util.List;

/**
 * What was written for one part of a table, to be committed.
 *
 * @param part the part of the table
 * @param readVersion the version that the merge has read; {@link
 *     dev.larder.io.delta.log.LogCommit#READS_NOTHING} for an append
 * @param came the rows, for a merge that has to be done again
 * @param isAstray whether the rows are not of this part, for the table has other buckets now than
 *     when they were dealt out: nothing was merged
 * @param schema columns of the added files
 * @param folded files that hold what {@code foldedAway} held, and nothing else
 */
record PartResult(
    int part,
    long readVersion,
    KeptRows came,
    boolean isAstray,
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

  /** A part without files. */
  static PartResult nothing(
      int part, long readVersion, KeptRows came, boolean isAstray, long rowsIn, RowSchema schema) {
    return new PartResult(
        part,
        readVersion,
        came,
        isAstray,
        rowsIn,
        0,
        schema,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
