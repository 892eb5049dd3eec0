package dev.larder.io.delta.service;

import java.io.Serializable;

/**
 * What {@code restore} did.
 *
 * @param table the table's path below the lake
 * @param restored the version whose rows, columns and properties the table has again
 * @param version the new version; {@code restored} itself if it was the latest
 * @param filesRestored files that are live again
 * @param filesRemoved files that are live no more
 */
public record RestoreReport(
    String table,
    long restored,
    long version,
    int filesRestored,
    long bytesRestored,
    int filesRemoved,
    long bytesRemoved)
    implements Serializable {}
