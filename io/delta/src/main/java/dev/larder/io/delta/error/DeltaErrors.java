package dev.larder.io.delta.error;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Every error message of this module. */
public final class DeltaErrors {

  private DeltaErrors() {}

  public static UserException noSuchTable(String path) {
    return new UserException(
        "There is no Delta table at "
            + path
            + ". Check the lake's path, or load the table first: it is created by its first rows.");
  }

  public static UserException noSuchVersion(String path, long version, long latest) {
    return new UserException(
        path
            + " has no version "
            + version
            + ". Its latest is "
            + latest
            + ", and versions older than the log's retention are gone.");
  }

  public static UserException noSuchColumn(String path, String column, Collection<String> known) {
    return new UserException(
        path
            + " has no column \""
            + column
            + "\". Known columns: "
            + String.join(", ", known)
            + ".");
  }

  public static UserException literalType(
      String path, String column, ColumnType type, Class<?> wanted, Class<?> found) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\" has the type "
            + type
            + ", whose values are "
            + wanted.getSimpleName()
            + "; the filter compares it with a "
            + found.getSimpleName()
            + ". Give a "
            + wanted.getSimpleName()
            + ".");
  }

  public static UserException notComparable(String path, String column, ColumnType type) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\" has the type "
            + type
            + ", whose values have no order. Filter by one of its fields, or ask whether it is null.");
  }

  public static SinkException partitionValue(
      String file, String column, ColumnType type, Throwable cause) {
    return new SinkException(
        file
            + ": the log's value of partition column \""
            + column
            + "\" is no "
            + type
            + ". Rewrite the partition with the engine that created the table.",
        cause);
  }

  public static UserException typeConflict(
      String path, String column, ColumnType stored, ColumnType incoming) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\": the table has "
            + stored
            + ", the rows bring "
            + incoming
            + ". A column keeps its type: load the rows under another column name, or into a new table.");
  }

  public static UserException typeTooNarrow(
      String path, String column, ColumnType stored, ColumnType incoming, ColumnType wider) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\": the table has "
            + stored
            + ", the rows bring "
            + incoming
            + ", which it cannot hold. Load with SchemaPolicy.WIDEN to make the column "
            + wider
            + " (the table's files are written anew), or load the rows under another column name.");
  }

  public static UserException newColumn(
      String path, String column, ColumnType type, Collection<String> known) {
    return new UserException(
        path
            + " has no column \""
            + column
            + "\" ("
            + type
            + "), which the rows bring, and the load's SchemaPolicy is FAIL. Known columns: "
            + String.join(", ", known)
            + ". Leave the column out, or load with SchemaPolicy.ADD.");
  }

  public static UserException absentValue(String path, String column) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\" is not null in the table, but a row has no value for it. Mend the rows, or make the"
            + " column nullable.");
  }

  /** A row that a rule cannot place. */
  public static UserException absentOrder(String table, String column, String rule) {
    return new UserException(
        "A row without a value of column \""
            + column
            + "\" came for table \""
            + table
            + "\", whose rule "
            + rule
            + " places rows by it. Set it in every row, deletes too.");
  }

  public static UserException outOfRange(
      String path, String column, ColumnType type, Object value) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\" is "
            + type
            + " in the table, which cannot hold "
            + value
            + ". Mend the rows, or widen the column: load with SchemaPolicy.WIDEN.");
  }

  public static UserException columnsDifferInCase(String path, String one, String other) {
    return new UserException(
        path
            + ": columns \""
            + one
            + "\" and \""
            + other
            + "\" differ in case only, which Delta does not allow. Rename one of them.");
  }

  public static UserException columnName(String path, String column) {
    return new UserException(
        path
            + ": the name of column \""
            + column
            + "\" holds one of \" ,;{}()=\", a tab or a line break, which Delta does not allow. Rename it.");
  }

  public static UserException unknownTable(String table, Collection<String> known) {
    return new UserException(
        "Rows came for table \""
            + table
            + "\", which is not declared. Declared are: "
            + known.stream().sorted().collect(Collectors.joining(", "))
            + ".");
  }

  public static UserException keyChanged(String path, List<String> declared, String stored) {
    return new UserException(
        path
            + " was created with the key ("
            + stored
            + "), declared is now ("
            + String.join(",", declared)
            + "). A table keeps its key: load into a new table.");
  }

  public static UserException deleteNotAllowed(String table, String rule) {
    return new UserException(
        "A row to delete came for table \""
            + table
            + "\", whose rule is "
            + rule
            + ". Only Scd2, Latest, Effectivity and Countered take deletes: send them to a table that"
            + " records them as rows.");
  }

  public static UserException deleteAllNotAllowed(String table, String rule) {
    return new UserException(
        "The end of all rows (TRUNCATE) came for table \""
            + table
            + "\", whose rule is "
            + rule
            + ". Only InsertIfChanged, Scd2, Latest and Effectivity take it: send it to a table that"
            + " records it.");
  }

  /** A rule that has no merge yet. */
  public static UserException noMerge(String table, String rule) {
    return new UserException(
        "Table \""
            + table
            + "\" is to be loaded by "
            + rule
            + ", which mergeRows() cannot do yet.");
  }

  public static UserException unsupportedType(String path, String column, String type) {
    return new UserException(
        path
            + ", column \""
            + column
            + "\" has the Delta type "
            + type
            + ", which cannot be read here. Convert it, or copy the table without it.");
  }

  public static UserException partitionsChanged(
      String path, List<String> declared, List<String> stored) {
    return new UserException(
        path
            + " is partitioned by "
            + stored
            + ", declared is now "
            + declared
            + ". A table keeps its partition columns: leave them out of the declaration, or load into"
            + " a new table.");
  }

  public static SinkException partitionsAppeared(
      String path, List<String> written, List<String> stored) {
    return new SinkException(
        path
            + ": another writer made the table anew, partitioned by "
            + stored
            + ", while files were written for partitions by "
            + written
            + ". Nothing was written; run the batch again.");
  }

  public static UserException mergeOfPartitions(String path, String rule, List<String> stored) {
    return new UserException(
        path
            + " is partitioned by "
            + stored
            + "; a table with partitions can only be appended to, not loaded by "
            + rule
            + ". Load into a table without partitions.");
  }

  public static UserException notASize(String path, String property, String text) {
    return new UserException(
        path
            + ": property "
            + property
            + " is \""
            + text
            + "\", which is no number of bytes. Set it to one like 134217728 or 128mb.");
  }

  public static UserException unsupportedFeature(String path, String feature, String remedy) {
    return new UserException(path + " uses " + feature + ", which Larder cannot honour. " + remedy);
  }

  /** The message of a conflict. */
  public static String conflict(String path, long read, long now, String what) {
    return path
        + ": another writer changed the table ("
        + what
        + ") between version "
        + read
        + ", which the merge has read, and version "
        + now
        + ". Nothing was written; run the batch again.";
  }

  public static SinkException commitFailed(String path, Throwable cause) {
    return new SinkException(
        path
            + ": the commit failed ("
            + cause.getMessage()
            + "). Nothing became visible; mend the cause and run the batch again.",
        cause);
  }

  public static SinkException commitUnknown(String path, Throwable cause) {
    return new SinkException(
        path
            + ": the commit was interrupted and the table cannot be read, so it is not known whether"
            + " it landed ("
            + cause.getMessage()
            + "). Mend the cause and run the batch again: what is there is not written twice.",
        cause);
  }

  public static SinkException cannotOpen(String path, Throwable cause) {
    return new SinkException(
        path + ": the table's log cannot be read (" + cause.getMessage() + ").", cause);
  }

  /** {@link StoreErrors#cannotRead}. */
  public static SinkException cannotRead(String file, Throwable cause) {
    return StoreErrors.cannotRead(file, cause);
  }

  public static SinkException fileGone(String path, long version, SinkException cause) {
    return new SinkException(
        "Version "
            + version
            + " of "
            + path
            + " cannot be read whole: "
            + cause.getMessage()
            + " If vacuum removed it, read a later version; the table's"
            + " delta.deletedFileRetentionDuration says for how long replaced files are kept.",
        cause);
  }

  public static UserException changesRange(String path, long after, long upTo, long latest) {
    return new UserException(
        path
            + ": there are no changes after version "
            + after
            + " up to version "
            + upTo
            + ". Its latest version is "
            + latest
            + "; begin at -1 (before the first version) or above, and do not end before the"
            + " beginning.");
  }

  public static UserException changesGone(
      String path, long version, long availableAfter, Throwable cause) {
    return new UserException(
        "The changes of version "
            + version
            + " of "
            + path
            + " cannot be read any more, for vacuum or the clean-up of the log removed what they"
            + " need: "
            + cause.getMessage()
            + " Changes are available after version "
            + availableAfter
            + ".",
        cause);
  }

  public static UserException changesRetyped(String path, long version, String column) {
    return new UserException(
        "Version "
            + version
            + " of "
            + path
            + " gave column \""
            + column
            + "\" another type, so that rows before and after it have no common form. Read the"
            + " changes up to version "
            + (version - 1)
            + ", then all rows of version "
            + version
            + " and the changes after it.");
  }

  public static UserException changeColumnTaken(String path, String column) {
    return new UserException(
        path
            + " has a column \""
            + column
            + "\", which is what changes of rows are told by. Rename it to read changes.");
  }

  /** {@link StoreErrors#cannotWrite}. */
  public static SinkException cannotWrite(String file, Throwable cause) {
    return StoreErrors.cannotWrite(file, cause);
  }
}
