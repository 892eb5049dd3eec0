package dev.larder.pipelines.verify;

import dev.larder.io.changes.TableSchema;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.transforms.model.VaultModel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What {@code verify} finds, for tests of other packages. */
public final class Verified {

  private Verified() {}

  /**
   * @param view with the source table's rows
   */
  public static List<String> differences(
      DuckDb duck, VaultModel model, TableSchema table, String view) throws SQLException {
    List<String> differences = new ArrayList<>();
    for (Comparison each : Comparisons.of(model, table.id(), table.columns(), view)) {
      for (Object[] row : duck.rows(each.sql())) {
        differences.add(each.name() + ": " + row[0] + " " + row[1]);
      }
    }
    return differences;
  }
}
