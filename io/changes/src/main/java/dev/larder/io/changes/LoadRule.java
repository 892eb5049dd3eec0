package dev.larder.io.changes;

import java.io.Serializable;
import java.util.List;

/**
 * How rows are loaded into a table. The rules say nothing of a vault or of a file format; a sink
 * carries them out per key, in the order of {@link TableRow#order}.
 */
public sealed interface LoadRule extends Serializable {

  /** The columns that rows are brought together by, and divided into buckets; none: no rows are. */
  List<String> key();

  /** Every row is added. Idempotent by commit only. */
  record Append() implements LoadRule {
    @Override
    public List<String> key() {
      return List.of();
    }
  }

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
   * <p>A row with {@link TableRow.Change#DELETE_ALL} is added once for every stored key whose
   * version before it in order differs, with the columns of that key filled in.
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
   * The rows of one key and one order are a set, complete: it is added whole if it differs from the
   * set that precedes it in order, as a multiset of {@code member} and {@code compared}; no row is
   * ever rewritten. A smaller set says that members are gone. A set that comes late is placed in
   * its order; one whose key and order are stored is the set that is stored. Rows of one set that
   * are equal in every column are one row.
   *
   * <p>A set must come in one batch. There are no deletes: a key whose last member is gone has no
   * set, which no row can say.
   *
   * @param key columns that identify what has sets
   * @param member columns that tell the rows of a set apart; rows without one are left out
   * @param order the column that orders sets; values sort as their type does
   * @param compared columns that decide whether two rows of one member differ
   */
  record InsertIfSetChanged(
      List<String> key, List<String> member, String order, List<String> compared)
      implements LoadRule {
    public InsertIfSetChanged {
      key = List.copyOf(key);
      member = List.copyOf(member);
      compared = List.copyOf(compared);
    }
  }

  /**
   * Which members of a driving key are open, as rows that open and rows that close them: no row is
   * ever rewritten. An opening row is the row that came, its end the open one. A closing row is a
   * copy of the member's opening row with its own end, and with the {@code order} and {@code
   * stamped} columns of the row that closed it. What is open already is not opened again; what was
   * closed may be. A row that comes late is placed in its order, as far as stored rows tell.
   *
   * <p>Rows without a value in a column of {@code driving} or {@code member} are left out; of a row
   * with {@link TableRow.Change#DELETE}, {@code member} may be absent where others {@code CLOSE}. A
   * row with {@link TableRow.Change#DELETE_ALL} closes every open member.
   *
   * @param driving columns that identify what has members, for example the keys of one side of a
   *     relation
   * @param member columns that tell members apart, for example the key of the relation
   * @param order the column that orders events; values sort as their type does
   * @param start column (DATETIME or TIMESTAMP): since when a member is open. Every row that came
   *     has it set; it is the {@code end} of what a row closes, be it by its absence or as a
   *     delete: then it says when.
   * @param end column of the same type; of rows that came it is absent, or the open end, where they
   *     open
   * @param openEnd the value of {@code end} in an opening row, microseconds since the epoch; any
   *     later time, and any other of its day (UTC), is taken for it too
   * @param stamped columns, besides {@code order}, that a closing row has from the row that closed
   *     it, for example load time and source
   */
  record Effectivity(
      List<String> driving,
      List<String> member,
      String order,
      String start,
      String end,
      long openEnd,
      Others others,
      List<String> stamped)
      implements LoadRule {
    public Effectivity {
      driving = List.copyOf(driving);
      member = List.copyOf(member);
      stamped = List.copyOf(stamped);
    }

    @Override
    public List<String> key() {
      return driving;
    }
  }

  /** What a row says of the other members of its driving key. */
  enum Others {
    /**
     * The rows of one driving key and one order are all its members: those that are not among them
     * are closed. Such rows must come in one batch.
     */
    CLOSE,
    /** Nothing: a member is closed by a row of its own with another end, or by its delete. */
    KEEP
  }

  /**
   * Rows that are counted, never rewritten: the sum of the counter over the rows of a key is 1 for
   * the content that holds and 0 for any other. A row that differs from the one before it in order
   * adds the reversal of that one (counter -1, {@code order} and {@code stamped} columns of the new
   * row) and itself (counter 1); a row with {@link TableRow.Change#DELETE} adds the reversal only.
   * A row that comes late is placed in its order; where a stored reversal was of another row than
   * it now follows, it is set right by further rows of its order, so that the sums up to any order
   * are those of that time.
   *
   * @param key columns that identify what is counted
   * @param compared columns that decide whether two rows differ
   * @param order the column that orders rows; values sort as their type does
   * @param counter INT column; rows that came leave it absent
   * @param stamped columns, besides {@code order}, that a reversal has from the row that caused it,
   *     for example load time and source
   */
  record Countered(
      List<String> key, List<String> compared, String order, String counter, List<String> stamped)
      implements LoadRule {
    public Countered {
      key = List.copyOf(key);
      compared = List.copyOf(compared);
      stamped = List.copyOf(stamped);
    }
  }

  /**
   * Versions with stored ends, half-open: {@code from <= t < to}. A changed row closes the current
   * version and opens the next; a row with {@link TableRow.Change#DELETE} closes only, one with
   * {@link TableRow.Change#DELETE_ALL} every open version. Of several rows with the same {@code
   * from} the last in order wins; equal neighbours are one version, with the {@code updated}
   * columns of the last.
   *
   * @param key columns that identify what has versions
   * @param compared columns that decide whether two versions differ
   * @param updated columns, not among those that are compared, that a version has from the last row
   *     of it instead of the first: a row that differs in them alone changes its version in place
   * @param from column (DATETIME or TIMESTAMP) with the start; incoming rows have it set
   * @param to column of the same type with the end; incoming rows leave it null
   * @param current BOOLEAN column, true while {@code to} is the open end; incoming rows leave it
   *     null
   * @param openEnd the value of {@code to} in a version without end, microseconds since the epoch
   */
  record Scd2(
      List<String> key,
      List<String> compared,
      List<String> updated,
      String from,
      String to,
      String current,
      long openEnd)
      implements LoadRule {
    public Scd2 {
      key = List.copyOf(key);
      compared = List.copyOf(compared);
      updated = List.copyOf(updated);
    }

    /** Versions of which nothing changes in place but their ends. */
    public Scd2(
        List<String> key,
        List<String> compared,
        String from,
        String to,
        String current,
        long openEnd) {
      this(key, compared, List.of(), from, to, current, openEnd);
    }
  }

  /**
   * The newest row of a key stays (SCD1). A row that came replaces the stored one unless its order
   * is below; a row with {@link TableRow.Change#DELETE} removes it, by the same comparison; one
   * with {@link TableRow.Change#DELETE_ALL} removes every row whose order is not above.
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
