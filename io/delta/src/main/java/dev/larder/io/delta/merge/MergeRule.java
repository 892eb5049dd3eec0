package dev.larder.io.delta.merge;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of one bucket of a table: fed with the rows that came, then with some
 * columns of the rows that are stored, it says which rows to add, which stored rows to look at in
 * full, and what to put in their place. Pure: no Beam, no clock, no files.
 *
 * <p><b>Cost</b>: memory for the rows that came and, where a rule needs them, for the {@link
 * #storedColumns} of the stored rows of their keys; never for the bucket.
 */
public interface MergeRule {

  /** A row that came. */
  record Incoming(Object[] values, Sequence order, Change change) {

    /** By order; equal orders by content, so that the order of arrival never matters. */
    static Comparator<Incoming> inOrder() {
      return Comparator.comparing(Incoming::order)
          .thenComparing(Incoming::change)
          .thenComparing(Incoming::values, Values::compare);
    }
  }

  /** Takes a row that came, in the table's schema. */
  void incoming(Incoming row);

  /** The columns that {@link #stored} must be given; empty if stored rows need not be read. */
  RowSchema storedColumns();

  /**
   * Takes a stored row, in {@link #storedColumns}. Called after all incoming rows.
   *
   * @return {@link Fate#STAYS} for a row that no row that came can change
   */
  Fate stored(Object[] row);

  /** The rows to add, in the table's schema, ordered by key. Called once, after all stored rows. */
  List<Object[]> added();

  /**
   * What is to be in the place of a stored row. Called after {@link #added}, as often as one likes.
   *
   * @param stored in the table's schema
   * @return the row itself if it stays, {@link #GONE} if nothing takes its place
   */
  default Object[] instead(Object[] stored) {
    return stored;
  }

  /** The columns in which alone a stored row may change: of a version, those of its end. */
  default List<String> endColumns() {
    return List.of();
  }

  /**
   * The column that tells which stored rows of a key matter, where not all do: the newest of those
   * that are older than every row that came of the key, and those that are not older. Values are
   * ordered as their type is.
   */
  default Optional<String> newestBy() {
    return Optional.empty();
  }

  /** Stands for no row. */
  Object[] GONE = {};

  /** What becomes of a stored row, as far as its {@link #storedColumns} tell. */
  interface Fate {
    /** For rows that stay as they are, whatever came. */
    Fate STAYS = () -> Verdict.STAYS;

    /** For rows that change, whatever else came. */
    Fate CHANGES = () -> Verdict.CHANGES;

    /** For rows that are to be looked at in full, whatever else came. */
    Fate DEPENDS = () -> Verdict.DEPENDS;

    /** Known once {@link MergeRule#added} has been called. */
    Verdict verdict();

    /** Of a row that {@link Verdict#ENDS}: its values in {@link MergeRule#endColumns}. */
    default Object[] end() {
      throw new IllegalStateException("the verdict is " + verdict());
    }
  }

  /** Whether a stored row stays. */
  enum Verdict {
    STAYS,
    /** Only the {@link MergeRule#endColumns} change, to what {@link Fate#end} says. */
    ENDS,
    /** It is replaced or goes: {@link MergeRule#instead}. */
    CHANGES,
    /** The row has to be looked at in full: {@link MergeRule#instead}. */
    DEPENDS
  }

  /** The rule's class for one bucket. */
  static MergeRule of(LoadRule rule, String table, RowSchema schema) {
    if (rule instanceof LoadRule.InsertIfAbsent absent) {
      return new InsertIfAbsentMerge(absent, table, schema);
    } else if (rule instanceof LoadRule.InsertIfChanged changed) {
      return new InsertIfChangedMerge(changed, table, schema);
    } else if (rule instanceof LoadRule.InsertIfSetChanged sets) {
      return new InsertIfSetChangedMerge(sets, table, schema);
    } else if (rule instanceof LoadRule.Effectivity effectivity) {
      return new EffectivityMerge(effectivity, table, schema);
    } else if (rule instanceof LoadRule.Countered countered) {
      return new CounteredMerge(countered, table, schema);
    } else if (rule instanceof LoadRule.Scd2 scd2) {
      return new Scd2Merge(scd2, table, schema);
    } else if (rule instanceof LoadRule.Latest latest) {
      return new LatestMerge(latest, schema);
    }
    throw DeltaErrors.noMerge(table, rule.getClass().getSimpleName());
  }

  /** For rules that do not know the end of all rows. */
  static void refuseDeleteAll(Incoming row, String table, String rule) {
    if (row.change() == Change.DELETE_ALL) {
      throw DeltaErrors.deleteAllNotAllowed(table, rule);
    }
  }

  /** The named columns of a schema, each once, in the given order. */
  static RowSchema columns(RowSchema schema, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      Column column = schema.column(schema.position(name));
      if (!columns.contains(column)) {
        columns.add(column);
      }
    }
    return RowSchema.of(columns);
  }
}
