package dev.larder.runners.direct;

import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.testdata.services.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers of a lake and of its source to queries, as text that can be compared: a row a line. */
final class Asked {

  private Asked() {}

  /** DuckDB over the live files of the vault and the marts: a view of each table's own name. */
  static String lake(Path lake, String query) throws SQLException {
    try (DuckDb duck = DuckDb.open()) {
      for (String name : DeltaTables.names(lake.toString())) {
        if (name.startsWith("vault/") || name.startsWith("marts/")) {
          DeltaSnapshot table = DeltaTable.of(lake.toString(), name).latest();
          duck.partitionedView(name.substring(name.indexOf('/') + 1), table.schema(), parts(table));
        }
      }
      return duck.rows(query).stream().map(Arrays::toString).collect(Collectors.joining("\n"));
    }
  }

  /** A partition's own columns, as {@code as_of} of a PIT, are not in its files. */
  private static List<DuckDb.Part> parts(DeltaSnapshot table) {
    List<DuckDb.Part> parts = new ArrayList<>();
    table
        .filesByPartition()
        .forEach(
            (partition, files) -> {
              Map<String, Object> values = new HashMap<>();
              for (int i = 0; i < table.partitionColumns().size(); i++) {
                values.put(table.partitionColumns().get(i), partition.values().get(i));
              }
              parts.add(new DuckDb.Part(values, files));
            });
    return parts;
  }

  /** MySQL over the source. */
  static String source(Sql sql, String query) throws SQLException {
    return sql.rows(query).stream()
        .map(row -> new ArrayList<>(row.values()).toString())
        .collect(Collectors.joining("\n"));
  }
}
