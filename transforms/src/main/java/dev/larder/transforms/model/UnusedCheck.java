package dev.larder.transforms.model;

import java.util.HashSet;
import java.util.Set;

/** Warns of hubs and links that no table loads. */
final class UnusedCheck {

  private UnusedCheck() {}

  static void warn(VaultModel model, Findings findings) {
    Set<String> loaded = new HashSet<>();
    for (SourceTable table : model.tables().values()) {
      table.hubs().forEach(hub -> loaded.add(hub.hub()));
      for (SourceTable.LinkMapping link : table.links()) {
        loaded.add(link.link());
        link.roles().forEach(role -> loaded.add(role.mapping().hub()));
      }
    }
    for (String hub : model.hubs().keySet()) {
      if (!loaded.contains(hub)) {
        findings.warn("hubs." + hub, StructureErrors.nothingLoads("hub", hub));
      }
    }
    for (String link : model.links().keySet()) {
      if (!loaded.contains(link)) {
        findings.warn("links." + link, StructureErrors.nothingLoads("link", link));
      }
    }
  }
}
