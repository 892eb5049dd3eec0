package dev.larder.io.changes;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * Many changes of one table, made only while they are used. Where a step would else hand on
 * millions of {@link ChangeRecord}s, they are used where they are: a runner holds all that a step
 * makes of one element before the next step sees any of it.
 */
public interface TableChanges {

  /** The table that all of them are of. */
  TableSchema table();

  /** Hands each change over, one after the other; once, unless the implementation says more. */
  void forEach(Consumer<ChangeRecord> out);

  /** Those for which a test is true. */
  default TableChanges where(SerializableFunction<ChangeRecord, Boolean> test) {
    return new Some(this, test);
  }

  /** Changes in memory, as often as one likes. */
  static TableChanges of(TableSchema table, List<ChangeRecord> changes) {
    return new Held(table, changes);
  }

  /** Changes in memory. */
  record Held(TableSchema table, List<ChangeRecord> changes) implements TableChanges {
    public Held {
      changes = List.copyOf(changes);
    }

    @Override
    public void forEach(Consumer<ChangeRecord> out) {
      changes.forEach(out);
    }

    @Override
    public TableChanges where(SerializableFunction<ChangeRecord, Boolean> test) {
      return new Held(table, changes.stream().filter(test::apply).toList());
    }

    /** Without the changes: no payload may reach a log. */
    @Override
    public String toString() {
      return changes.size() + " changes of " + table.id();
    }
  }

  /** Some of others; can be shipped if these can. */
  record Some(TableChanges all, SerializableFunction<ChangeRecord, Boolean> test)
      implements TableChanges, Serializable {
    @Override
    public TableSchema table() {
      return all.table();
    }

    @Override
    public void forEach(Consumer<ChangeRecord> out) {
      all.forEach(
          change -> {
            if (test.apply(change)) {
              out.accept(change);
            }
          });
    }
  }
}
