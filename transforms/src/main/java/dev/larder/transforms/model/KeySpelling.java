package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How one table spells a part of a hub's key where it reads it from a column as it is.
 *
 * @param path of the mapping in the model
 */
record KeySpelling(TableId table, String path, ColumnType type) {

  /** The spellings of all tables that use no expression. */
  static List<KeySpelling> of(
      VaultModel model, Map<TableId, TableSchema> catalogue, Hub hub, int part) {
    List<KeySpelling> all = new ArrayList<>();
    for (SourceTable table : model.tables().values()) {
      String path = "tables." + table.id();
      for (SourceTable.HubMapping mapping : table.hubs()) {
        add(all, catalogue, table, mapping, path + "." + hub.name(), hub, part);
      }
      for (SourceTable.LinkMapping link : table.links()) {
        for (SourceTable.RoleMapping role : link.roles()) {
          if (!table.hubs().contains(role.mapping())) {
            String at = path + ".links." + link.link() + "." + role.role();
            add(all, catalogue, table, role.mapping(), at, hub, part);
          }
        }
      }
    }
    return all;
  }

  private static void add(
      List<KeySpelling> all,
      Map<TableId, TableSchema> catalogue,
      SourceTable table,
      SourceTable.HubMapping mapping,
      String path,
      Hub hub,
      int part) {
    if (mapping.hub().equals(hub.name())
        && mapping.parts().get(part) instanceof KeyExpression.Name name) {
      ColumnType type = name.type(catalogue.get(table.id()).columns());
      all.add(new KeySpelling(table.id(), path, type));
    }
  }

  /** Whether the canonical texts of equal keys may differ: 12 and 00012, 1.5 and 1.50. */
  boolean mayDifferFrom(KeySpelling other) {
    return type.kind() != other.type.kind()
        || type.kind() == Kind.DECIMAL && type.scale() != other.type.scale();
  }
}
