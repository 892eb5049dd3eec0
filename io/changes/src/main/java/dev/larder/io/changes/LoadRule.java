package dev.larder.io.changes;

import java.io.Serializable;
import java.util.List;

/**
 * How rows are loaded into a table. The rules say nothing of a vault or of a file format; a sink
 * carries them out per key, in the order of {@link TableRow#order}.
 */
public sealed interface LoadRule extends Serializable {

  /** Every row is added. Idempotent by commit only. */
  record Append() implements LoadRule {}

  /**
   * The first row of a key is added, later ones are ignored.
   *
   * @param key columns that identify a row
   */
  record InsertIfAbsent(List<String> key) implements LoadRule {
    public InsertIfAbsent {
      key = List.copyOf(key);
    }
  }

  /**
   * A row is added if it differs from the version that precedes it in order: no row is ever
   * rewritten. A row that comes late is placed in its order.
   *
   * @param key columns that identify what has versions
   * @param order the column that orders versions; values sort as their type does
   * @param compared columns that decide whether two versions differ, for example a hash diff
   */
  record InsertIfChanged(List<String> key, String order, List<String> compared)
      implements LoadRule {
    public InsertIfChanged {
      key = List.copyOf(key);
      compared = List.copyOf(compared);
    }
  }

  /**
   * Versions with stored ends, half-open: {@code from <= t < to}. A changed row closes the current
   * version and opens the next; a row with {@link TableRow.Change#DELETE} closes only. Of several
   * rows with the same {@code from} the last in order wins; equal neighbours are one version.
   *
   * @param key columns that identify what has versions
   * @param compared columns that decide whether two versions differ
   * @param from column (DATETIME or TIMESTAMP) with the start; incoming rows have it set
   * @param to column of the same type with the end; incoming rows leave it null
   * @param current BOOLEAN column, true while {@code to} is the open end; incoming rows leave it
   *     null
   * @param openEnd the value of {@code to} in a version without end, microseconds since the epoch
   */
  record Scd2(
      List<String> key, List<String> compared, String from, String to, String current, long openEnd)
      implements LoadRule {
    public Scd2 {
      key = List.copyOf(key);
      compared = List.copyOf(compared);
    }
  }

  /**
   * The newest row of a key stays (SCD1). A row that came replaces the stored one unless its order
   * is below; a row with {@link TableRow.Change#DELETE} removes it, by the same comparison.
   *
   * <p>Without a {@code deleted} column the table forgets what was deleted: a row older than the
   * delete that comes in a later batch is taken for new. With one, a delete is kept as a row whose
   * flag is true, and older rows that come late are ignored.
   *
   * @param key columns that identify a row
   * @param order the column that orders rows; values sort as their type does, absent first; rows to
   *     delete have it set, too
   * @param deleted BOOLEAN column, true in a row that stands for a delete, false in all others;
   *     incoming rows leave it null. Empty: deletes leave no row.
   */
  record Latest(List<String> key, String order, String deleted) implements LoadRule {
    public Latest {
      key = List.copyOf(key);
    }

    /** Deletes leave no row. */
    public Latest(List<String> key, String order) {
      this(key, order, "");
    }

    /** Whether deletes are kept as rows. */
    public boolean keepsDeletes() {
      return !deleted.isEmpty();
    }
  }
}
