package dev.larder.pipelines.mart;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.options.MartOptions;
import dev.larder.pipelines.run.Bronze;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.PointInTimeRun;
import dev.larder.transforms.model.BusinessSatellite;
import dev.larder.transforms.model.Mart;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.vault.VaultTables;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Builds what is computed from the vault, in the order in which one needs the other: business
 * satellites, PITs and bridges, then marts: a query each, whose result replaces the table {@code
 * marts/NAME} in one commit.
 */
public final class MartRun {
  private static final String FOLDER = "marts/";

  private final MartOptions options;
  private final ModelFile file;
  private final Console console;

  public MartRun(MartOptions options, Console console) {
    this.options = options;
    this.file = ModelFile.at(options.getModel());
    this.console = console;
  }

  public void run(RunReport report) {
    VaultModel model = file.model();
    Wanted wanted = Wanted.of(model, options);
    Optional<Instant> asOf = asOf();
    VaultTables tables = VaultTables.of(model, Bronze.catalogue(options.getLake(), model), 1);
    try (DuckDb duck = DuckDb.open()) {
      VaultViews.create(duck, options.getLake(), tables);
      business(duck, model, tables, wanted, report);
      pointsInTime(model, wanted, asOf, report);
      for (String name : VaultViews.pointsInTime(model)) {
        VaultViews.createIfThere(duck, options.getLake(), name);
      }
      for (Mart mart : wanted.of(model.marts())) {
        long start = System.nanoTime();
        long rows = build(duck, mart);
        report.add("marts").put("mart", mart.name()).put("rows", rows);
        console.step("Mart %s: %,d rows, %s", mart.name(), rows, rate(rows, start));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the views of the vault", e);
    }
  }

  private void business(
      DuckDb duck, VaultModel model, VaultTables tables, Wanted wanted, RunReport report)
      throws SQLException {
    List<BusinessSatellite> satellites = wanted.of(model.business());
    if (satellites.isEmpty()) {
      return;
    }
    BusinessBuild build = new BusinessBuild(options, options.getLake(), model, duck);
    long lastLoad = build.lastLoad(tables.tables());
    for (BusinessSatellite satellite : satellites) {
      long start = System.nanoTime();
      BusinessBuild.Outcome built = build.build(satellite, file.sql(satellite), lastLoad);
      VaultViews.createBusiness(duck, options.getLake(), model, satellite);
      report
          .add("business")
          .put("satellite", satellite.name())
          .put("rows", built.rows())
          .put("rows_added", built.added());
      console.step(
          "Business satellite %s: %,d rows, %,d of them new, %s",
          satellite.name(), built.rows(), built.added(), rate(built.rows(), start));
    }
  }

  private void pointsInTime(
      VaultModel model, Wanted wanted, Optional<Instant> asOf, RunReport report) {
    PointInTimeRun run = new PointInTimeRun(options, model, console, asOf);
    wanted.of(model.pits()).forEach(pit -> run.build(pit, report));
    wanted.of(model.bridges()).forEach(bridge -> run.build(bridge, report));
  }

  private Optional<Instant> asOf() {
    try {
      return Optional.ofNullable(options.getAsOf()).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--asOf=" + options.getAsOf() + ": no time. Give one like 2024-03-31T23:59:59Z.", e);
    }
  }

  private static String rate(long rows, long start) {
    double seconds = Math.max(1, (System.nanoTime() - start) / 1_000_000) / 1000.0;
    return String.format(Locale.ROOT, "%,.0f rows/s", rows / seconds);
  }

  /** The table of a mart, below the lake. */
  public static String table(String mart) {
    return FOLDER + mart;
  }

  private long build(DuckDb duck, Mart mart) {
    long[] count = {0};
    try {
      duck.query(
          file.sql(mart),
          (columns, rows) -> {
            replace(mart, columns, counted(rows, count));
            return null;
          });
    } catch (SQLException e) {
      throw new UserException(
          String.format("%s: DuckDB refuses the query: %s", mart.sql(), e.getMessage().strip()), e);
    }
    return count[0];
  }

  private void replace(Mart mart, RowSchema columns, Iterator<Object[]> rows) {
    DeltaTable.of(options.getLake(), table(mart.name())).replace(columns, rows);
  }

  private static Iterator<Object[]> counted(Iterator<Object[]> rows, long[] count) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Object[] next() {
        count[0]++;
        return rows.next();
      }
    };
  }
}
