package dev.larder.pipelines.run;

import dev.larder.io.delta.DeltaTables;
import java.util.UUID;

/**
 * A place below a lake where tables are made before they take the place of others.
 *
 * @param path path or URI
 */
record StagedLake(String path) {
  private static final String PREFIX = "ops/staged-";

  /** A new place. */
  static StagedLake below(String lake) {
    return new StagedLake(lake + "/" + PREFIX + UUID.randomUUID());
  }

  /** Deletes what all such places hold, of runs that were killed too. */
  static void clear(String lake) {
    DeltaTables.names(lake).stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(name -> DeltaTables.drop(lake, name));
  }
}
