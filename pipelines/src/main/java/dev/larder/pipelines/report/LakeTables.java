package dev.larder.pipelines.report;

import dev.larder.io.changes.LarderException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.mart.DuckDb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Counts the tables of a lake. Reads logs and the footers of live files, no rows. */
final class LakeTables {
  private final DuckDb duck;
  private final List<String> notes;

  /**
   * @param notes takes a sentence for each table that cannot be read
   */
  LakeTables(DuckDb duck, List<String> notes) {
    this.duck = duck;
    this.notes = notes;
  }

  /** All tables, by name. */
  List<LakeTable> of(String lake) {
    List<LakeTable> tables = new ArrayList<>();
    for (String name : DeltaTables.names(lake)) {
      try {
        DeltaSnapshot stored = DeltaTable.of(lake, name).latest();
        List<String> files = stored.files();
        tables.add(new LakeTable(name, rows(files), files.size(), stored.size(), stored.version()));
      } catch (LarderException | SQLException e) {
        notes.add(ReportErrors.tableLeftOut(name, e.getMessage()));
      }
    }
    return tables;
  }

  private long rows(List<String> files) throws SQLException {
    if (files.isEmpty()) {
      return 0;
    }
    String list =
        files.stream()
            .map(file -> "'" + file.replace("'", "''") + "'")
            .collect(Collectors.joining(", ", "[", "]"));
    String sql = "SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata(" + list + ")";
    return (Long) duck.rows(sql).get(0)[0];
  }
}
