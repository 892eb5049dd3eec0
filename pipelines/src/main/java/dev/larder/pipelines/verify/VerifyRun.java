package dev.larder.pipelines.verify;

import static dev.larder.pipelines.mart.DuckDb.quoted;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.ValidationException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.jdbc.RangePlanner;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.pipelines.mart.VaultViews;
import dev.larder.pipelines.options.VerifyOptions;
import dev.larder.pipelines.run.Bronze;
import dev.larder.pipelines.run.Sources;
import dev.larder.pipelines.run.TableReader;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.vault.VaultTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the source tables once more and compares them with the vault, row by row and column by
 * column. Exact when the sources are at rest and the stream has caught up; else changes that are on
 * their way show as differences.
 */
public final class VerifyRun {
  private static final int FETCH_SIZE = 1_000;
  private static final int CONNECTIONS = 4;

  private final VerifyOptions options;
  private final Sources sources;
  private final Console console;
  private long compared;
  private long different;
  private final List<String> named = new ArrayList<>();

  public VerifyRun(VerifyOptions options, Sources sources, Console console) {
    this.options = options;
    this.sources = sources;
    this.console = console;
  }

  /**
   * @throws ValidationException if there is any difference; the message names the first ones
   */
  public void run(RunReport report) {
    VaultModel model = sources.model();
    List<TableId> tables = Sources.tables(model, options);
    VaultTables vault = VaultTables.of(model, Bronze.catalogue(options.getLake(), model), 1);
    Path scratch = scratch();
    try (DuckDb duck = DuckDb.open()) {
      List<TablePlan> plans =
          sources.plan(tables, sources.positionsWithoutLog(1), RangePlanner.withDefaults());
      long rows =
          new TableReader(sources, FETCH_SIZE, CONNECTIONS, console)
              .read(options, plans, scratch.toString(), "verify", 1);
      console.step("Verify: %,d rows of %d source tables read", rows, tables.size());
      VaultViews.create(duck, options.getLake(), vault.tables());
      for (TablePlan plan : plans) {
        compare(duck, model, plan.table(), scratch, report);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("comparing the vault with its sources", e);
    } finally {
      delete(scratch);
    }
    report.put("compared", compared).put("differences", different);
    List<String> notCompared = Compared.notCompared(model);
    if (!notCompared.isEmpty()) {
      console.step("Verify: not compared: %s", String.join(", ", notCompared));
    }
    conclude();
  }

  private void conclude() {
    if (different == 0) {
      console.step("Verify: %,d rows compared, no difference", compared);
      return;
    }
    throw new ValidationException(
        String.format(
            "%,d difference%s between the vault and its sources (%,d rows compared):%n%s%s",
            different,
            different == 1 ? "" : "s",
            compared,
            String.join(System.lineSeparator(), named),
            different > named.size()
                ? String.format(
                    "%n... and %,d more (--show=%d)", different - named.size(), options.getShow())
                : ""));
  }

  private void compare(
      DuckDb duck, VaultModel model, TableSchema table, Path scratch, RunReport report)
      throws SQLException {
    String view = sourceView(duck, table, scratch);
    for (Comparison comparison : Comparisons.of(model, table.id(), table.columns(), view)) {
      Object[] counts = duck.rows(comparison.countSql()).get(0);
      long expected = (Long) counts[0];
      long differences = (Long) counts[1];
      compared += expected;
      different += differences;
      report
          .add("comparisons")
          .put("table", comparison.name())
          .put("source", comparison.table())
          .put("rows", expected)
          .put("differences", differences);
      if (differences > 0 && named.size() < options.getShow()) {
        String limited =
            comparison.sql() + " ORDER BY place LIMIT " + (options.getShow() - named.size());
        for (Object[] row : duck.rows(limited)) {
          named.add(
              String.format(
                  "%s from %s: %s %s", comparison.name(), comparison.table(), row[0], row[1]));
        }
      }
      console.progress("%s: %,d rows compared", comparison.name(), compared);
    }
  }

  /** A view of the source table's rows as they were just read. */
  private static String sourceView(DuckDb duck, TableSchema table, Path scratch)
      throws SQLException {
    String bronze = "read_" + table.id().source() + "_" + table.id().table();
    String name = BronzeRows.table(table.id());
    DeltaSnapshot stored = DeltaTable.of(scratch.toString(), name).latest();
    duck.view(bronze, stored.schema(), stored.files());
    String view = "source_" + table.id().source() + "_" + table.id().table();
    String columns =
        table.columns().columns().stream().map(VerifyRun::field).collect(Collectors.joining(", "));
    duck.execute(
        "CREATE VIEW " + quoted(view) + " AS SELECT " + columns + " FROM " + quoted(bronze));
    return view;
  }

  private static String field(Column column) {
    String name = quoted(column.name());
    boolean zoneless = column.type().kind() == Kind.DATETIME;
    return "\"after\"." + name + (zoneless ? " AT TIME ZONE 'UTC'" : "") + " AS " + name;
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("larder-verify");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + folder, e);
    }
  }
}
