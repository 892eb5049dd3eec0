package dev.larder.pipelines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.pipelines.mart.MartRun;
import dev.larder.pipelines.run.ForecastRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What the demo made, for a person: rows per table and the first lines of an order. */
final class DemoSummary {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MART = "material_consumption_daily";

  private final String lake;
  private final Console console;

  DemoSummary(Path lake, Console console) {
    this.lake = lake.toString();
    this.console = console;
  }

  void print() throws IOException {
    console.line("");
    console.line("What ran:");
    for (String text : LakeFiles.texts(lake, "ops/runs")) {
      JsonNode run = JSON.readTree(text);
      console.line(
          "  %-10s %6.1f s  %s",
          run.path("verb").asText(), run.path("seconds").asDouble(), figures(run));
    }
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

  /** The figures of a run that a person asks for first. */
  private static String figures(JsonNode run) {
    return switch (run.path("verb").asText()) {
      case "snapshot" ->
          String.format(
              Locale.ROOT,
              "%,d rows read, %,d rows/s",
              run.path("rows").asLong(),
              run.path("rows_per_second").asLong());
      case "stream" -> stream(run);
      case "forecast" ->
          String.format(
              Locale.ROOT,
              "%,d series behind %s",
              run.path("series").asLong(),
              run.path("last_day").asText());
      case "verify" ->
          String.format(
              Locale.ROOT,
              "%,d rows compared with the databases, %,d differences",
              run.path("compared").asLong(),
              run.path("differences").asLong());
      default -> "";
    };
  }

  /** The rate is that of the batches: the rest of the time the stream waits for changes. */
  private static String stream(JsonNode run) {
    double seconds = 0;
    long lag = 0;
    for (JsonNode batch : run.path("batches")) {
      seconds += batch.path("seconds").asDouble();
      lag = batch.path("lag").asLong();
    }
    long records = run.path("records").asLong();
    return String.format(
        Locale.ROOT,
        "%,d records in %,d batches, %,.0f records/s while a batch ran, %,d behind at the end,"
            + " %,d dead letters",
        records,
        run.path("batches_run").asLong(),
        seconds == 0 ? 0 : records / seconds,
        lag,
        run.path("dead_letters").asLong());
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
    console.line("The next %2$d days at %1$s:", rows.get(0)[0], (Long) rows.get(0)[4]);
    for (Object[] row : rows) {
      console.line("  %-32s %,6d kg expected, up to %,6d kg on busy days", row[1], row[2], row[3]);
    }
  }
}
