package dev.larder.pipelines.demo;

import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.pipelines.mart.MartRun;
import dev.larder.pipelines.run.ForecastRun;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** What the demo made, for a person: rows per table and the first lines of an order. */
final class DemoSummary {
  private static final String MART = "material_consumption_daily";

  private final String lake;
  private final Console console;

  DemoSummary(Path lake, Console console) {
    this.lake = lake.toString();
    this.console = console;
  }

  void print() {
    try (DuckDb duck = DuckDb.open()) {
      console.line("");
      console.line("What is in the lake:");
      for (String table : DeltaTables.names(lake)) {
        DeltaSnapshot stored = DeltaTable.of(lake, table).latest();
        duck.view(table, stored.schema(), stored.files());
        Object rows = duck.rows("SELECT count(*) FROM " + DuckDb.quoted(table)).get(0)[0];
        console.line(
            "  %-48s %,10d rows  %3d files  %,8.1f kB",
            table, (Long) rows, stored.files().size(), stored.size() / 1000.0);
      }
      order(duck);
    } catch (SQLException e) {
      throw new IllegalStateException("summing up the lake " + lake, e);
    }
  }

  private void order(DuckDb duck) throws SQLException {
    String sql =
        String.format(
            "WITH names AS (SELECT DISTINCT country || ' ' || unit_code AS g, pizzeria_name,"
                + " ingredient_code, ingredient_name FROM %s)"
                + " SELECT n.pizzeria_name, n.ingredient_name,"
                + " CAST(round(sum(f.mean) / 1000) AS BIGINT), CAST(round(sum(f.hi80) / 1000) AS"
                + " BIGINT), count(*)"
                + " FROM %s f JOIN names n ON n.g = f.series_group AND n.ingredient_code ="
                + " f.series_item"
                + " WHERE f.series_group = (SELECT min(series_group) FROM %s)"
                + " GROUP BY ALL ORDER BY 3 DESC LIMIT 5",
            DuckDb.quoted(MartRun.table(MART)),
            DuckDb.quoted(ForecastRun.table(MART)),
            DuckDb.quoted(ForecastRun.table(MART)));
    List<Object[]> rows = duck.rows(sql);
    if (rows.isEmpty()) {
      return;
    }
    console.line("");
    console.line("What %s will need in the next %d days:", rows.get(0)[0], (Long) rows.get(0)[4]);
    for (Object[] row : rows) {
      console.line("  %-32s %,6d kg expected, up to %,6d kg on busy days", row[1], row[2], row[3]);
    }
  }
}
