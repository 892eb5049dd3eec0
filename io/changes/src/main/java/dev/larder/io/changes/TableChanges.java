package dev.larder.io.changes;

import java.util.function.Consumer;

/**
 * Many changes of one table, made only while they are used. Where a step would else hand on
 * millions of {@link ChangeRecord}s, they are used where they are: a runner holds all that a step
 * makes of one element before the next step sees any of it.
 */
public interface TableChanges {

  /** The table that all of them are of. */
  TableSchema table();

  /** Hands each change over, one after the other; once. */
  void forEach(Consumer<ChangeRecord> out);
}
