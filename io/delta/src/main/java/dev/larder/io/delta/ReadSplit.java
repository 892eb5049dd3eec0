package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.FileSlice;
import java.io.Serializable;
import java.util.List;

/**
 * What one worker reads of a table's version; it goes through a shuffle so that splits are read
 * side by side.
 *
 * @param schema of the version
 */
record ReadSplit(String table, long version, RowSchema schema, List<FileSlice> slices)
    implements Serializable {}
