package dev.larder.io.delta.store;

/**
 * A file below a table.
 *
 * @param name path below the table, with {@code /} between folders, not encoded
 * @param size bytes
 * @param modifiedAt milliseconds since the epoch
 */
public record StoredFile(String name, long size, long modifiedAt) {}
