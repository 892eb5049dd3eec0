package dev.larder.transforms.vault;

import dev.larder.io.changes.UserException;
import dev.larder.transforms.model.Defaults;
import dev.larder.transforms.model.Hashing;
import dev.larder.transforms.model.Link;
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
    refusal.settings(model);
    model.links().values().forEach(refusal::link);
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

  private void settings(VaultModel model) {
    Hashing hashing = model.hashing();
    add(hashing.profile() != Hashing.Profile.STRICT, "hashing.profile " + hashing.profile().id());
    add(hashing.store() != Hashing.Store.BINARY, "hashing.store hex");
    add(model.defaults().ghosts() != Defaults.Ghosts.NONE, "defaults.ghost");
    add(!model.pits().isEmpty(), "pits");
    add(!model.bridges().isEmpty(), "bridges");
    add(!model.business().isEmpty(), "business");
  }

  private void link(Link link) {
    String path = "links." + link.name();
    boolean hasRoles = link.roles().stream().anyMatch(role -> !role.name().equals(role.hub()));
    add(hasRoles, path + ".hubs with roles");
    add(link.corrections() != Link.Corrections.IGNORE, path + ".corrections");
  }

  private void table(SourceTable table) {
    String path = "tables." + table.id();
    add(table.extract() != SourceTable.Extract.ROWS, path + ".extract");
    add(table.loadTime() != null, path + ".load_time");
    add(table.reference() != null, path + ".reference");
    for (SourceTable.LinkMapping link : table.links()) {
      for (SourceTable.RoleMapping role : link.roles()) {
        boolean isOwn = table.hubs().contains(role.mapping());
        add(!isOwn, path + ".links." + link.link() + "." + role.role());
      }
    }
    table.satellites().forEach(satellite -> satellite(path + ".satellites.", satellite));
  }

  private void satellite(String tables, Satellite satellite) {
    String path = tables + satellite.name();
    add(satellite.kind() != Satellite.Kind.STANDARD, path + " of kind " + satellite.kind().id());
    add(satellite.load() != Satellite.Load.INSERT_ONLY, path + ".load scd2");
    add(satellite.deletes() != Satellite.Deletes.TRACK, path + ".deletes other than track");
    add(satellite.late() != Satellite.Late.INSERT, path + ".late other than insert");
    add(!satellite.masked().isEmpty(), path + ".mask");
  }
}
