package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.TableState;
import java.util.ArrayList;
import java.util.List;

/** By which columns a removed and an added row are the images of one update. */
final class ChangeKey {
  private ChangeKey() {}

  /**
   * The key given for the table, else the one it was made with; of an SCD2 table, whose key has
   * many versions, with the start of a version.
   *
   * @return empty if rows have no identity
   * @throws dev.larder.io.changes.UserException for a column that the table lacks
   */
  static List<String> of(String path, String table, ChangePlan plan, TableState state) {
    RowSchema schema = state.schema();
    List<String> given = plan.keys().get(table);
    if (given != null) {
      for (String column : given) {
        if (schema.find(column) < 0) {
          throw DeltaErrors.noSuchColumn(path, column, schema.names());
        }
      }
      return given;
    }
    List<String> key = new ArrayList<>();
    for (String property : List.of(LoadPlan.KEY, LoadPlan.VERSION_START)) {
      String columns = state.properties().getOrDefault(property, "");
      if (!columns.isEmpty()) {
        key.addAll(List.of(columns.split(",")));
      }
    }
    return schema.names().containsAll(key) ? key : List.of();
  }
}
