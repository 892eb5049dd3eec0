package dev.larder.io.delta.chaos;

import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.SteppedLoad;

/**
 * Loads {@link Batches} until it is through or killed; goes on where the tables say that it was.
 *
 * <p>Arguments: lake, number of batches.
 */
public final class BatchLoop {
  static final String APP = "loop";
  private static final int CHECKPOINT_EVERY = 4;

  private BatchLoop() {}

  public static void main(String[] arguments) {
    String lake = arguments[0];
    long batches = Long.parseLong(arguments[1]);
    for (long batch = next(lake); batch < batches; batch++) {
      new SteppedLoad(lake, Batches.SPECS, APP, batch).deal(Batches.rows(batch)).merge().commit();
      if (batch % CHECKPOINT_EVERY == 0) {
        DeltaTable.of(lake, Batches.HISTORY).checkpoint();
      }
    }
  }

  /** The first batch that is not in every table. */
  private static long next(String lake) {
    return 1
        + Batches.TABLES.stream()
            .mapToLong(table -> DeltaTable.of(lake, table).batch(APP))
            .min()
            .orElseThrow();
  }
}
