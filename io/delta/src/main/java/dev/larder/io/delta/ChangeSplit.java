package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.change.ChangeType;
import dev.larder.io.delta.file.FileSlice;
import java.io.Serializable;
import java.util.List;

/**
 * Files of one version whose rows are to be put out, or compared.
 *
 * @param committedAt microseconds since the epoch
 * @param schema of the table, as it is after the last version that is read
 * @param key columns; empty if rows have no identity
 * @param type what the rows are, or what they are if they have no counterpart: INSERT or DELETE
 * @param parts into how many parts the version's rows are divided to be compared; 0 if they need
 *     not be
 */
record ChangeSplit(
    String table,
    long version,
    long committedAt,
    RowSchema schema,
    List<String> key,
    ChangeType type,
    int parts,
    List<FileSlice> slices)
    implements Serializable {

  ChangePart part(int number) {
    return new ChangePart(table, version, committedAt, key, number);
  }
}
