package dev.larder.io.delta.error;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import java.time.Duration;
import java.util.List;

/** The error messages of optimize, vacuum and restore. */
public final class ServiceErrors {
  private static final int NAMED_FILES = 5;

  private ServiceErrors() {}

  public static UserException notOrdered(String path, String column, ColumnType type) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\" has the type "
            + type
            + ", whose values have no order. Cluster by other columns.");
  }

  public static UserException clusteredByPartition(String path, String column) {
    return new UserException(
        path
            + " is partitioned by \""
            + column
            + "\": all rows of a file have one value of it already. Cluster by other columns.");
  }

  public static SinkException cannotSort(String folder, Throwable cause) {
    return new SinkException(
        "Rows cannot be sorted in "
            + folder
            + " ("
            + cause.getMessage()
            + "). Make space there, or give the JVM another folder by -Djava.io.tmpdir. The table is"
            + " as it was.",
        cause);
  }

  public static UserException retentionTooShort(String path, Duration wanted, Duration least) {
    return new UserException(
        path
            + ": a retention of "
            + wanted
            + " is shorter than the table's "
            + least
            + " (delta.deletedFileRetentionDuration). Files that readers or writers still use could be"
            + " deleted, and older versions can no longer be read. Take "
            + least
            + " or more, or force it once nothing else reads or writes the table.");
  }

  public static UserException negativeRetention(String path, Duration wanted) {
    return new UserException(path + ": a retention of " + wanted + " lies in the future.");
  }

  public static SinkException notAllDeleted(String path, int failed, Throwable first) {
    return new SinkException(
        path
            + ": "
            + failed
            + (failed == 1 ? " file" : " files")
            + " could not be deleted, the first because: "
            + first.getMessage()
            + " The table is whole; mend the cause and vacuum again.",
        first);
  }

  public static SinkException interrupted(String path, Throwable cause) {
    return new SinkException(
        path + ": vacuum was interrupted. The table is whole; vacuum again.", cause);
  }

  public static UserException cannotRestore(String path, long version, List<String> missing) {
    return new UserException(
        path
            + " cannot be restored to version "
            + version
            + ": "
            + missing.size()
            + (missing.size() == 1 ? " of its files is" : " of its files are")
            + " gone ("
            + String.join(", ", missing.subList(0, Math.min(missing.size(), NAMED_FILES)))
            + (missing.size() > NAMED_FILES ? ", ..." : "")
            + "), for vacuum deletes what no version within its retention needs. Nothing was changed."
            + " Choose a later version, or put the files back from a copy.");
  }
}
