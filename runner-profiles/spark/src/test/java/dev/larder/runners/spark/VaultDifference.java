package dev.larder.runners.spark;

import dev.larder.io.changes.Column;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.pipelines.run.Bronze;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Two lakes' vaults, compared row for row in every column by DuckDB: how often each row is there
 * counts.
 *
 * <p>The one exception: a hub that several source tables feed keeps the row that came first, and
 * which table's row that is depends on where batches were cut, as their logs have no common order.
 * Of such a hub the columns {@code _loaded_at}, {@code _seq} and {@code record_source}, which say
 * where the row came from, are left out. Its keys must be equal.
 */
final class VaultDifference {
  private static final Set<String> WHERE_FROM = Set.of("_loaded_at", "_seq", "record_source");

  private final Path left;
  private final Path right;
  private final List<VaultTable> tables;

  private VaultDifference(Path left, Path right, List<VaultTable> tables) {
    this.left = left;
    this.right = right;
    this.tables = tables;
  }

  static VaultDifference between(Path left, Path right, VaultModel model) {
    VaultTables tables = VaultTables.of(model, Bronze.catalogue(left.toString(), model), 1);
    return new VaultDifference(left, right, tables.tables());
  }

  /** The tables' names with how many rows only the left and only the right lake has, if any. */
  Map<String, String> differences() throws SQLException {
    Map<String, String> differences = new TreeMap<>();
    try (DuckDb duck = DuckDb.open()) {
      for (VaultTable table : tables) {
        view(duck, "left", left, table);
        view(duck, "right", right, table);
        long onlyLeft = count(duck, table, "left", "right");
        long onlyRight = count(duck, table, "right", "left");
        if (onlyLeft + onlyRight > 0) {
          differences.put(table.name(), onlyLeft + " and " + onlyRight);
        }
      }
    }
    return differences;
  }

  /** Rows of each table of the left lake. */
  Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    for (VaultTable table : tables) {
      long count = 0;
      try (var all = DeltaTable.of(left.toString(), table.name()).latest().rows()) {
        while (all.hasNext()) {
          all.next();
          count++;
        }
      }
      rows.put(table.name(), count);
    }
    return rows;
  }

  private static void view(DuckDb duck, String side, Path lake, VaultTable table)
      throws SQLException {
    DeltaSnapshot stored = DeltaTable.of(lake.toString(), table.name()).latest();
    duck.view(side + table.name(), stored.schema(), stored.files());
  }

  private long count(DuckDb duck, VaultTable table, String side, String other) throws SQLException {
    String columns =
        DeltaTable.of(left.toString(), table.name()).latest().schema().columns().stream()
            .map(Column::name)
            .filter(name -> !fedBySeveral(table) || !WHERE_FROM.contains(name))
            .map(DuckDb::quoted)
            .collect(Collectors.joining(", "));
    String sql =
        String.format(
            "SELECT count(*) FROM (SELECT %s FROM %s EXCEPT ALL SELECT %s FROM %s)",
            columns,
            DuckDb.quoted(side + table.name()),
            columns,
            DuckDb.quoted(other + table.name()));
    return (Long) duck.rows(sql).get(0)[0];
  }

  /** Every hub of the chain is fed by several tables, no link is. */
  private static boolean fedBySeveral(VaultTable table) {
    return table.structure() == VaultTable.Structure.HUB;
  }
}
