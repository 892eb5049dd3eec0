package dev.larder.pipelines.mart;

import static dev.larder.pipelines.mart.DuckDb.quoted;

import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.VaultTable;
import java.sql.SQLException;
import java.util.List;

/**
 * What SQL over a vault sees: a view for each table, named as the table is; for a status satellite
 * also {@code <name>_live} with the keys that live; for a satellite also {@code <name>_current}
 * with the latest version of each key that lives.
 */
public final class VaultViews {

  private VaultViews() {}

  /** Makes the views of all tables of a vault as they are now. */
  public static void create(DuckDb duck, String lake, List<VaultTable> tables) throws SQLException {
    for (VaultTable table : tables) {
      DeltaSnapshot stored = DeltaTable.of(lake, table.name()).latest();
      duck.view(name(table.name()), stored.schema(), stored.files());
    }
    for (VaultTable table : tables) {
      if (table.structure() == VaultTable.Structure.STATUS) {
        duck.execute(live(table));
      }
    }
    for (VaultTable table : tables) {
      if (table.structure() == VaultTable.Structure.SATELLITE) {
        duck.execute(current(table));
      }
    }
  }

  /** The view of a table: the last part of its path. */
  public static String name(String table) {
    return table.substring(table.lastIndexOf('/') + 1);
  }

  private static String live(VaultTable status) {
    String view = name(status.name());
    String key = quoted(status.key().get(0));
    return String.format(
        "CREATE VIEW %s AS SELECT %s FROM %s GROUP BY %s HAVING arg_max(%s, %s) <> 'D'",
        quoted(view + "_live"),
        key,
        quoted(view),
        key,
        quoted(VaultNames.STATUS),
        quoted(VaultNames.SEQUENCE));
  }

  private static String current(VaultTable satellite) {
    String view = name(satellite.name());
    String key = quoted(satellite.key().get(0));
    return String.format(
        "CREATE VIEW %s AS SELECT * FROM %s SEMI JOIN %s USING (%s)"
            + " QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s DESC) = 1",
        quoted(view + "_current"),
        quoted(view),
        quoted(name(satellite.status()) + "_live"),
        key,
        key,
        quoted(VaultNames.SEQUENCE));
  }
}
