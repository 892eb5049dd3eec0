package dev.larder.transforms.vault;

import dev.larder.io.changes.UserException;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses what a model may declare and this package does not load yet. A line goes away with each
 * thing that it learns to load, and the class with the last.
 */
final class NotLoadedYet {
  private final List<String> found = new ArrayList<>();

  private NotLoadedYet() {}

  /**
   * @throws UserException with everything that is not loaded yet
   */
  static void refuse(VaultModel model) {
    NotLoadedYet refusal = new NotLoadedYet();
    model.tables().values().forEach(refusal::table);
    if (!refusal.found.isEmpty()) {
      throw new UserException(
          "Not loaded yet: "
              + String.join(", ", refusal.found)
              + ". Take it out of the model until it is.");
    }
  }

  private void add(boolean isThere, String what) {
    if (isThere) {
      found.add(what);
    }
  }

  private void table(SourceTable table) {
    for (Satellite satellite : table.satellites()) {
      String path = "tables." + table.id() + ".satellites." + satellite.name();
      add(satellite.late() != Satellite.Late.INSERT, path + ".late other than insert");
    }
  }
}
