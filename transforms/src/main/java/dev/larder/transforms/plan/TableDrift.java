package dev.larder.transforms.plan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.SourceTable.OnAlter;
import java.util.ArrayList;
import java.util.List;

/**
 * What an ALTER TABLE has changed: a source table as the lake knows it, and as the database has it
 * now.
 *
 * <p><b>Guarantees</b>: under every policy columns keep their order, new ones come last, so that a
 * hash over all columns of a table goes on as it was. A column is widened only if every value that
 * is stored has the same canonical text in the wider type, so that no hash changes.
 */
public record TableDrift(TableSchema known, TableSchema now, List<Change> changes) {

  /** Kinds of changes. */
  public enum Kinds {
    ADDED,
    WIDENED,
    DROPPED,
    /** Another type, in which stored values would have another text or none. */
    RETYPED
  }

  /**
   * A change of one column.
   *
   * @param text for people: what was, what is
   */
  public record Change(Kinds kind, String column, String text) {}

  public TableDrift {
    changes = List.copyOf(changes);
  }

  /** Compares the columns of a table; keys and what may be null are no matter of policies. */
  public static TableDrift of(TableSchema known, TableSchema now) {
    List<Change> changes = new ArrayList<>();
    List<Column> gone = new ArrayList<>();
    for (Column column : known.columns().columns()) {
      int at = now.columns().find(column.name());
      if (at < 0) {
        gone.add(column);
      } else {
        retyped(column, now.columns().column(at), changes);
      }
    }
    for (Column column : now.columns().columns()) {
      if (known.columns().find(column.name()) < 0) {
        changes.add(new Change(Kinds.ADDED, column.name(), "new column " + column));
      }
    }
    for (Column column : gone) {
      changes.add(new Change(Kinds.DROPPED, column.name(), gone(column, known, now)));
    }
    return new TableDrift(known, now, changes);
  }

  private static void retyped(Column before, Column after, List<Change> changes) {
    if (before.type().equals(after.type())) {
      return;
    }
    boolean isWider = isWider(before.type(), after.type());
    changes.add(
        new Change(
            isWider ? Kinds.WIDENED : Kinds.RETYPED,
            before.name(),
            "column "
                + before.name()
                + " was "
                + before.type()
                + ", is "
                + after.type()
                + (isWider ? "" : ", which may give its values another form")));
  }

  /** Whether each value of a type has the same text in a second one. */
  public static boolean isWider(ColumnType from, ColumnType to) {
    if (from.kind() == Kind.DECIMAL && to.kind() == Kind.DECIMAL) {
      return from.scale() == to.scale() && from.precision() <= to.precision();
    }
    if (from.kind() == Kind.INT && to.kind() == Kind.DECIMAL) {
      return to.scale() == 0 && to.precision() >= 19;
    }
    return from.kind() == Kind.INT && to.kind() == Kind.INT && from.bits() <= to.bits();
  }

  private static String gone(Column column, TableSchema known, TableSchema now) {
    String renamed =
        now.columns().columns().stream()
            .filter(other -> known.columns().find(other.name()) < 0)
            .filter(other -> other.type().equals(column.type()))
            .map(Column::name)
            .findFirst()
            .map(name -> "; " + name + " is new and of the same type: was it renamed?")
            .orElse("");
    return "column " + column.name() + " is gone" + renamed;
  }

  public boolean isNone() {
    return changes.isEmpty();
  }

  /** The changes that a policy does not allow. */
  public List<Change> refused(OnAlter policy) {
    return changes.stream()
        .filter(
            change ->
                switch (policy) {
                  case FAIL -> true;
                  case EVOLVE -> change.kind() == Kinds.RETYPED;
                  case LENIENT, IGNORE -> false;
                })
        .toList();
  }

  /**
   * The table under which events of before and after the change are read. Columns that are gone
   * stay and may be null. Under {@link OnAlter#LENIENT} a retyped column, under {@link
   * OnAlter#IGNORE} a widened one too, keeps its type: values that it cannot hold are dead letters.
   */
  public TableSchema under(OnAlter policy) {
    List<Column> columns = new ArrayList<>();
    for (Column column : known.columns().columns()) {
      int at = now.columns().find(column.name());
      if (at < 0) {
        columns.add(Column.nullable(column.name(), column.type()));
      } else {
        Column current = now.columns().column(at);
        boolean isTaken = isWider(column.type(), current.type()) && policy != OnAlter.IGNORE;
        columns.add(
            isTaken ? current : new Column(column.name(), column.type(), current.nullable()));
      }
    }
    for (Column column : now.columns().columns()) {
      if (known.columns().find(column.name()) < 0) {
        columns.add(column);
      }
    }
    return new TableSchema(now.id(), RowSchema.of(columns), now.key());
  }

  /** What a policy makes of the changes, a line each. */
  public List<String> lines(OnAlter policy) {
    List<String> lines = new ArrayList<>();
    List<Change> refused = refused(policy);
    for (Change change : changes) {
      lines.add(
          change.text() + ": " + (refused.contains(change) ? "stops" : taken(change, policy)));
    }
    return lines;
  }

  private static String taken(Change change, OnAlter policy) {
    return switch (change.kind()) {
      case ADDED -> "taken over into bronze; the vault takes what the model names";
      case WIDENED ->
          policy == OnAlter.IGNORE
              ? "keeps its type; values beyond it are dead letters"
              : "widened; stored hashes stay";
      case DROPPED -> "stays, NULL in new rows";
      case RETYPED -> "keeps its type; values of another form are dead letters";
    };
  }
}
