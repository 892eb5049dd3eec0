package dev.larder.runners.direct;

import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.testdata.services.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Answers of a lake and of its source to queries, as text that can be compared: a row a line. */
final class Asked {

  private Asked() {}

  /** DuckDB over the live files of the vault and the marts: a view of each table's own name. */
  static String lake(Path lake, String query) throws SQLException {
    try (DuckDb duck = DuckDb.open()) {
      for (String name : DeltaTables.names(lake.toString())) {
        if (name.startsWith("vault/") || name.startsWith("marts/")) {
          duck.view(
              name.substring(name.indexOf('/') + 1), DeltaTable.of(lake.toString(), name).latest());
        }
      }
      return duck.rows(query).stream().map(Arrays::toString).collect(Collectors.joining("\n"));
    }
  }

  /** MySQL over the source. */
  static String source(Sql sql, String query) throws SQLException {
    return sql.rows(query).stream()
        .map(row -> new ArrayList<>(row.values()).toString())
        .collect(Collectors.joining("\n"));
  }
}
