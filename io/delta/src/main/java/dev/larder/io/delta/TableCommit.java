package dev.larder.io.delta;

import java.io.Serializable;

/**
 * What a batch did to one table.
 *
 * @param table the table's path below the lake
 * @param version the version that holds the batch: the new one, or the latest if nothing had to be
 *     written
 * @param rowsIn rows that came for the table
 * @param rowsAdded rows that were added; with {@code Scd2} closed versions, which are written anew,
 *     count too
 * @param filesAdded files, folded ones included
 * @param filesRemoved files, folded ones included
 * @param bytesAdded size of the added files
 * @param alreadyCommitted the batch had been committed before: nothing was written
 */
public record TableCommit(
    String table,
    long version,
    long rowsIn,
    long rowsAdded,
    int filesAdded,
    int filesRemoved,
    long bytesAdded,
    boolean alreadyCommitted)
    implements Serializable {}
