package dev.larder.pipelines.verify;

import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.VaultModel;
import java.util.ArrayList;
import java.util.List;

/** What of a vault can be held against its sources, and what cannot. */
final class Compared {

  private Compared() {}

  /** What of a model is not held against its sources: for a reader of the result. */
  static List<String> notCompared(VaultModel model) {
    List<String> names = new ArrayList<>();
    for (Satellite satellite : model.satellites().values()) {
      if (!satellite.kind().hasPayload()) {
        names.add(satellite.name() + " (" + satellite.kind().id() + ")");
      }
      satellite
          .masked()
          .forEach(column -> names.add(satellite.name() + "." + column + " (masked)"));
    }
    return names;
  }

  /** Whether a key that the source has deleted is not current any more. */
  static boolean knowsDeletes(Satellite satellite) {
    if (satellite.hasVersionsOfKeys()) {
      return satellite.deletes() != Satellite.Deletes.IGNORE;
    }
    return satellite.grain() == Satellite.Grain.ROW
        && (satellite.load() == Satellite.Load.INSERT_ONLY
            || satellite.deletes() == Satellite.Deletes.FLAG
            || satellite.deletes() == Satellite.Deletes.CLOSE);
  }
}
