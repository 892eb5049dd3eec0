package dev.larder.io.delta.error;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import java.time.Instant;
import java.util.Optional;

/** The error messages about the log of a table: part of {@link DeltaErrors}. */
public final class LogErrors {
  private static final String RECOVER =
      " Restore it from a copy; without one, the rows can be read from the Parquet files into a new"
          + " table, but not which of them are still valid.";

  private LogErrors() {}

  public static SinkException damaged(String file, String what, Throwable cause) {
    return new SinkException(
        file
            + " is damaged ("
            + what
            + "), so that neither its version of the table nor a later one can be read."
            + RECOVER,
        cause);
  }

  public static SinkException checksum(String file) {
    return new SinkException(
        file
            + " is damaged (its actions are not those that were written: cut off or changed), so that"
            + " neither its version of the table nor a later one can be read."
            + RECOVER
            + " If it was changed on purpose, remove the tag larder.crc32c from its commitInfo.");
  }

  public static SinkException gap(String file, long needed) {
    return new SinkException(
        file
            + " is missing, so that version "
            + needed
            + " of the table cannot be read."
            + RECOVER);
  }

  public static SinkException missing(String file) {
    return new SinkException(
        file
            + " is missing, and there is no checkpoint that stands in for it, so that the table cannot"
            + " be read."
            + RECOVER);
  }

  public static SinkException damagedCheckpoint(String file, Throwable cause) {
    return new SinkException(
        file
            + " is damaged ("
            + cause.getMessage()
            + "), and neither an older checkpoint nor the versions one by one stand in for it, so that"
            + " the table cannot be read."
            + RECOVER,
        cause);
  }

  public static UserException unknownColumns(
      String path, Optional<String> type, RuntimeException cause) {
    return new UserException(
        path
            + (type.isPresent()
                ? " has a column of type " + type.get() + ", which Larder cannot honour."
                : " has columns that cannot be understood.")
            + " Copy the table without them, or with other types.",
        cause);
  }

  public static UserException appendOnly(String path) {
    return new UserException(
        path
            + " is append-only (delta.appendOnly=true): rows are neither replaced nor removed. Append"
            + " to it, or set the property to false with the engine that created the table.");
  }

  public static UserException noVersionAt(
      String path, Instant time, long oldest, Instant first, long latest, Instant last) {
    return new UserException(
        path
            + " has no version for "
            + time
            + ": the oldest that can be read is version "
            + oldest
            + " of "
            + first
            + ", the latest is version "
            + latest
            + " of "
            + last
            + ". Ask for a time between them, or for a version.");
  }

  /** The message of a conflict. */
  public static String filesGone(String path, int gone, long now) {
    return path
        + ": "
        + gone
        + (gone == 1 ? " file" : " files")
        + " to be replaced or removed "
        + (gone == 1 ? "is" : "are")
        + " no longer part of version "
        + now
        + ": another writer was faster. Nothing was written; run it again.";
  }

  /** The message of a conflict of a commit that had read nothing. */
  public static String overtaken(String path, long now, String what) {
    return path
        + ": another writer changed the table ("
        + what
        + ") up to version "
        + now
        + ", so that what was written does not fit it any more. Nothing became visible; run the batch"
        + " again.";
  }

  public static SinkException contended(String path, int attempts) {
    return new SinkException(
        path
            + ": other writers were faster "
            + attempts
            + " times in a row. Nothing was written; let fewer of them write to one table, or run the"
            + " batch again.");
  }
}
