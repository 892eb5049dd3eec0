package dev.larder.runners.direct;

import dev.larder.io.changes.TableId;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the vaults of two lakes differ: row for row, in all columns.
 *
 * <p>One exception: a hub or link that several source tables feed keeps its first sighting, and
 * which table's record was the first depends on what came in one batch. Of those the keys are
 * compared, not when and by which record they were seen.
 */
final class LakeDifference {
  private static final String VAULT = "vault/";
  private static final Set<String> SIGHTING =
      Set.of(VaultNames.LOADED_AT, VaultNames.SEQUENCE, VaultNames.RECORD_SOURCE);
  private static final int SHOWN = 5;

  private LakeDifference() {}

  /** What differs, a line for each row up to some rows a table; nothing if the vaults are equal. */
  static List<String> between(Path left, Path right, VaultModel model) throws SQLException {
    Set<String> tables = new TreeSet<>();
    Stream.of(left, right).forEach(lake -> tables.addAll(vault(lake)));
    Set<String> sighted = fedBySeveral(model);
    List<String> differences = new ArrayList<>();
    try (DuckDb duck = DuckDb.open()) {
      for (String table : tables) {
        if (!vault(left).contains(table) || !vault(right).contains(table)) {
          differences.add(table + " is in one lake only");
          continue;
        }
        List<String> columns = view(duck, left, table, "l");
        view(duck, right, table, "r");
        String compared =
            columns.stream()
                .filter(column -> !(sighted.contains(table) && SIGHTING.contains(column)))
                .map(DuckDb::quoted)
                .collect(Collectors.joining(", "));
        differences.addAll(missing(duck, table, compared, "l", "r"));
        differences.addAll(missing(duck, table, compared, "r", "l"));
        duck.execute("DROP VIEW l");
        duck.execute("DROP VIEW r");
      }
    }
    return differences;
  }

  private static List<String> vault(Path lake) {
    return DeltaTables.names(lake.toString()).stream().filter(t -> t.startsWith(VAULT)).toList();
  }

  private static List<String> view(DuckDb duck, Path lake, String table, String name)
      throws SQLException {
    DeltaSnapshot stored = DeltaTable.of(lake.toString(), table).latest();
    duck.view(name, stored.schema(), stored.files());
    return stored.schema().names();
  }

  private static List<String> missing(
      DuckDb duck, String table, String columns, String in, String notIn) throws SQLException {
    String sql =
        String.format(
            "SELECT CAST(t AS VARCHAR) FROM (SELECT %1$s FROM %2$s EXCEPT ALL SELECT %1$s FROM"
                + " %3$s) t LIMIT %4$d",
            columns, in, notIn, SHOWN);
    return duck.rows(sql).stream()
        .map(
            row ->
                table + " only " + (in.equals("l") ? "left: " : "right: ") + Arrays.toString(row))
        .toList();
  }

  private static Set<String> fedBySeveral(VaultModel model) {
    Set<String> several = new HashSet<>();
    several.addAll(
        twice(
            model.tables(),
            table -> table.hubs().stream().map(hub -> VaultNames.hub(hub.hub())).toList()));
    several.addAll(
        twice(
            model.tables(),
            table -> table.links().stream().map(link -> VaultNames.link(link.link())).toList()));
    return several;
  }

  private static Set<String> twice(
      Map<TableId, SourceTable> tables, Function<SourceTable, Collection<String>> fed) {
    Set<String> seen = new HashSet<>();
    return tables.values().stream()
        .flatMap(table -> fed.apply(table).stream())
        .filter(name -> !seen.add(name))
        .collect(Collectors.toSet());
  }
}
