package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.Satellites.Deletes;
import java.util.ArrayList;
import java.util.List;

/** What the structures' columns are put together from. */
final class ColumnLists {

  private ColumnLists() {}

  static List<Column> flag(Deletes deletes) {
    return deletes == Deletes.FLAG
        ? List.of(Column.required(VaultNames.DELETED, ColumnType.BOOLEAN))
        : List.of();
  }

  static List<Column> ends() {
    return List.of(
        Column.required(VaultNames.CURRENT, ColumnType.BOOLEAN),
        Column.required(VaultNames.EFFECTIVE_FROM, ColumnType.TIMESTAMP),
        Column.required(VaultNames.EFFECTIVE_TO, ColumnType.TIMESTAMP));
  }

  static LoadRule scd2(
      List<String> key, List<String> compared, List<String> updated, long openEnd) {
    return new LoadRule.Scd2(
        key,
        compared,
        updated,
        VaultNames.EFFECTIVE_FROM,
        VaultNames.EFFECTIVE_TO,
        VaultNames.CURRENT,
        openEnd);
  }

  @SafeVarargs
  static List<Column> joined(List<Column>... parts) {
    List<Column> columns = new ArrayList<>();
    for (List<Column> part : parts) {
      columns.addAll(part);
    }
    return columns;
  }

  static List<String> names(Column... columns) {
    return names(List.of(columns));
  }

  static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
