package dev.larder.transforms.vault;

import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.SourceTable.RoleMapping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The business keys that a table's rows have: under the hubs' own names first, then in roles. */
record HubMappings(List<HubMapping> all) {

  static HubMappings of(SourceTable table) {
    Set<HubMapping> all = new LinkedHashSet<>(table.hubs());
    for (LinkMapping link : table.links()) {
      link.roles().forEach(role -> all.add(role.mapping()));
    }
    return new HubMappings(List.copyOf(all));
  }

  /** The places of a link's roles, in its order. */
  int[] of(LinkMapping link) {
    return link.roles().stream().map(RoleMapping::mapping).mapToInt(all::indexOf).toArray();
  }
}
