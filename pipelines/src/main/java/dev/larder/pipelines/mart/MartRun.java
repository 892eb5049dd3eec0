package dev.larder.pipelines.mart;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.options.MartOptions;
import dev.larder.pipelines.run.Bronze;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.transforms.model.Mart;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.vault.VaultTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Builds marts: a query each, whose result replaces the table {@code marts/NAME} in one commit. */
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
    List<Mart> marts = wanted(model);
    VaultTables tables = VaultTables.of(model, Bronze.catalogue(options.getLake(), model), 1);
    try (DuckDb duck = DuckDb.open()) {
      VaultViews.create(duck, options.getLake(), tables.tables());
      for (Mart mart : marts) {
        long rows = build(duck, mart);
        report.add("marts").put("mart", mart.name()).put("rows", rows);
        console.step("Mart %s: %,d rows", mart.name(), rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the views of the vault", e);
    }
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

  private List<Mart> wanted(VaultModel model) {
    if (options.getMarts() == null || options.getMarts().isEmpty()) {
      return List.copyOf(model.marts().values());
    }
    List<Mart> marts = new ArrayList<>();
    for (String name : options.getMarts()) {
      Mart mart = model.marts().get(name);
      if (mart == null) {
        throw new UserException(
            String.format(
                "--marts=%s: the model has no such mart. Its marts: %s.",
                name, String.join(", ", model.marts().keySet())));
      }
      marts.add(mart);
    }
    return marts;
  }
}
