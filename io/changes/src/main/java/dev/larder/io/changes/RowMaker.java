package dev.larder.io.changes;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * Makes rows of the elements of a pipeline, inside the step that takes the rows: a row that is
 * handed from one step to the next costs a runner as much as making it.
 *
 * <p>Instances are shipped to workers. There each is used by one thread, a bundle after another:
 * {@link #begin}, {@link #make} for each element, {@link #end}.
 */
public interface RowMaker<T> extends Serializable {

  /** A bundle begins; what is known of another one must not matter. */
  default void begin() {}

  /** Gives the rows of an element. */
  void make(T element, Consumer<TableRow> out);

  /** The bundle has ended: what was counted may be told. */
  default void end() {}

  /** Makes the rows of each change of a group. */
  static RowMaker<TableChanges> ofGroups(RowMaker<ChangeRecord> maker) {
    return new RowMaker<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public void begin() {
        maker.begin();
      }

      @Override
      public void make(TableChanges group, Consumer<TableRow> out) {
        group.forEach(change -> maker.make(change, out));
      }

      @Override
      public void end() {
        maker.end();
      }
    };
  }

  /** Of rows that are there already. */
  static RowMaker<TableRow> same() {
    return (row, out) -> out.accept(row);
  }
}
