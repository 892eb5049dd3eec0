package dev.larder.pipelines.mart;

import static dev.larder.pipelines.mart.DuckDb.quoted;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.transforms.model.BusinessSatellite;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What SQL over a vault sees: a view for each table, named as the table is; for a status satellite
 * also {@code <name>_live} with the keys that live; for what has versions also {@code
 * <name>_current}: of a satellite the latest version of each key that lives (which of a flagged one
 * is not deleted); of a multi-active one the same for each child key, or the latest set; of an
 * effectivity satellite the relations that are open; of a reference the latest meaning.
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
      String current = current(table);
      if (!current.isEmpty()) {
        duck.execute("CREATE VIEW " + quoted(name(table.name()) + "_current") + " AS " + current);
      }
    }
  }

  /**
   * Also the views of PITs, bridges and business satellites that are there, and of each satellite
   * and status satellite its history:
   *
   * <ul>
   *   <li>{@code <satellite>_history}: the satellite's columns, {@code _valid_from}, {@code
   *       _valid_to} (half-open; the open end where nothing follows) and {@code _is_current}; equal
   *       neighbours are one version, versions of no length are left out;
   *   <li>{@code <status satellite>_history}: as the table, with R for an I that follows a D.
   * </ul>
   */
  public static void create(DuckDb duck, String lake, VaultTables vault) throws SQLException {
    create(duck, lake, vault.tables());
    VaultModel model = vault.model();
    for (VaultTable table : vault.tables()) {
      if (table.structure() == VaultTable.Structure.STATUS) {
        duck.execute(HistoryViews.ofStatus(view(table), table.key().get(0)));
      } else if (table.structure() == VaultTable.Structure.SATELLITE
          && table.spec().rule() instanceof LoadRule.InsertIfChanged rule) {
        duck.execute(
            HistoryViews.ofVersions(view(table), rule.key(), rule.order(), model.openEnd()));
      }
    }
    for (BusinessSatellite satellite : model.business().values()) {
      createBusiness(duck, lake, model, satellite);
    }
    for (String name : pointsInTime(model)) {
      createIfThere(duck, lake, name);
    }
  }

  /** The view of a business satellite and its history; replaced if they are there. */
  static void createBusiness(
      DuckDb duck, String lake, VaultModel model, BusinessSatellite satellite) throws SQLException {
    String name = VaultNames.business(satellite.name());
    if (createIfThere(duck, lake, name) && satellite.load() == Satellite.Load.INSERT_ONLY) {
      String view = name(name);
      List<String> key = List.of(VaultNames.hashKey(satellite.parent()));
      duck.execute("DROP VIEW IF EXISTS " + quoted(view + "_history"));
      duck.execute("DROP VIEW IF EXISTS " + quoted(view + "_current"));
      duck.execute(HistoryViews.ofVersions(view, key, VaultNames.LOADED_AT, model.openEnd()));
      duck.execute(HistoryViews.ofLatest(view, key, VaultNames.LOADED_AT));
    }
  }

  static List<String> pointsInTime(VaultModel model) {
    List<String> names = new ArrayList<>();
    model.pits().keySet().forEach(pit -> names.add(VaultNames.pit(pit)));
    model.bridges().keySet().forEach(bridge -> names.add(VaultNames.bridge(bridge)));
    return names;
  }

  /** The view of one table as it is now; whether the lake has the table. */
  static boolean createIfThere(DuckDb duck, String lake, String name) throws SQLException {
    DeltaSnapshot stored = DeltaTable.of(lake, name).find().orElse(null);
    if (stored == null) {
      return false;
    }
    duck.execute("DROP VIEW IF EXISTS " + quoted(name(name)));
    duck.view(name(name), stored);
    return true;
  }

  private static String view(VaultTable table) {
    return name(table.name());
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

  private static String current(VaultTable table) {
    return switch (table.structure()) {
      case SATELLITE, MULTI_ACTIVE, REFERENCE -> currentVersions(table);
      case EFFECTIVITY -> open(table);
      default -> "";
    };
  }

  private static String currentVersions(VaultTable table) {
    LoadRule rule = table.spec().rule();
    String rows = "SELECT * FROM " + quoted(name(table.name()));
    if (!table.status().isEmpty()) {
      rows +=
          String.format(
              " SEMI JOIN %s USING (%s)",
              quoted(name(table.status()) + "_live"), quoted(table.key().get(0)));
    }
    if (rule instanceof LoadRule.Scd2 scd2) {
      rows += " WHERE " + quoted(scd2.current());
    } else if (rule instanceof LoadRule.InsertIfChanged changed) {
      rows +=
          String.format(
              " QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s DESC, %s DESC) = 1",
              list(changed.key()), quoted(changed.order()), quoted(VaultNames.SEQUENCE));
    } else if (rule instanceof LoadRule.InsertIfSetChanged set) {
      rows +=
          String.format(
              " QUALIFY %1$s = max(%1$s) OVER (PARTITION BY %2$s)",
              quoted(set.order()), list(set.key()));
    }
    return table.spec().schema().find(VaultNames.DELETED) < 0
        ? rows
        : "SELECT * FROM (" + rows + ") WHERE NOT " + quoted(VaultNames.DELETED);
  }

  private static String open(VaultTable table) {
    LoadRule.Effectivity rule = (LoadRule.Effectivity) table.spec().rule();
    return String.format(
        "SELECT * FROM (SELECT * FROM %s QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s"
            + " DESC, %s DESC) = 1) WHERE CAST(%s AS DATE) >= CAST(make_timestamp(%d) AS DATE)",
        quoted(name(table.name())),
        list(rule.member()),
        quoted(rule.order()),
        quoted(rule.end()),
        quoted(rule.end()),
        rule.openEnd());
  }

  private static String list(List<String> columns) {
    return columns.stream().map(DuckDb::quoted).collect(Collectors.joining(", "));
  }
}
