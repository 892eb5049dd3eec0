package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A lake in memory: keeps every row and applies the load rules, by their words, when it is read.
 */
final class LakeFake implements StagedRows {
  private final VaultTables tables;
  private final VaultStager stager;
  private final Map<String, List<TableRow>> rows = new TreeMap<>();
  final List<String> reasons = new ArrayList<>();

  LakeFake(VaultTables tables) {
    this.tables = tables;
    this.stager = new VaultStager(tables);
  }

  void load(ChangeRecord change) {
    stager.stage(change, this);
  }

  @Override
  public void row(TableRow row) {
    rows.computeIfAbsent(row.table(), name -> new ArrayList<>()).add(widened(row));
  }

  @Override
  public void reject(String reason) {
    reasons.add(reason);
  }

  /** The row with all columns of its table. */
  private TableRow widened(TableRow row) {
    RowSchema schema = tables.table(row.table()).spec().schema();
    Object[] values = new Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      int position = row.schema().find(schema.column(i).name());
      values[i] = position < 0 ? null : row.values()[position];
    }
    return new TableRow(row.table(), schema, values, row.order(), row.change());
  }

  /** The stored rows of a table, by key. */
  Map<String, List<Object[]>> read(String table) {
    LoadRule rule = tables.table(table).spec().rule();
    Map<String, List<Object[]>> stored = new LinkedHashMap<>();
    keyed(table)
        .forEach(
            (key, arrived) -> {
              arrived.sort(Comparator.comparing(TableRow::order));
              stored.put(key, stored(rule, arrived));
            });
    return stored;
  }

  private static List<Object[]> stored(LoadRule rule, List<TableRow> arrived) {
    if (rule instanceof LoadRule.InsertIfChanged changed) {
      return changed(arrived, changed);
    }
    if (rule instanceof LoadRule.Scd2 scd2) {
      return scd2(arrived, scd2);
    }
    return rule instanceof LoadRule.Append
        ? arrived.stream().map(TableRow::values).toList()
        : List.<Object[]>of(arrived.get(0).values());
  }

  private Map<String, List<TableRow>> keyed(String table) {
    VaultTable target = tables.table(table);
    Map<String, List<TableRow>> keyed = new TreeMap<>();
    for (TableRow row : rows.getOrDefault(table, List.of())) {
      byte[] key = ExpectedState.key(target, row.schema(), row.values());
      keyed.computeIfAbsent(Arrays.toString(key), k -> new ArrayList<>()).add(row);
    }
    return keyed;
  }

  private static List<Object[]> changed(List<TableRow> rows, LoadRule.InsertIfChanged rule) {
    List<Object[]> versions = new ArrayList<>();
    for (TableRow row : rows) {
      if (versions.isEmpty() || !same(row, versions.get(versions.size() - 1), rule.compared())) {
        versions.add(row.values());
      }
    }
    return versions;
  }

  private static List<Object[]> scd2(List<TableRow> rows, LoadRule.Scd2 rule) {
    List<Object[]> versions = new ArrayList<>();
    Object[] open = null;
    for (TableRow row : rows) {
      RowSchema schema = row.schema();
      int current = schema.position(rule.current());
      int to = schema.position(rule.to());
      Object from = row.values()[schema.position(rule.from())];
      boolean put = row.change() == TableRow.Change.PUT;
      if (open != null && (!put || !same(row, open, rule.compared()))) {
        open[current] = false;
        open[to] = from;
        open = null;
      }
      if (put && open == null) {
        open = row.values().clone();
        open[current] = true;
        open[to] = rule.openEnd();
        versions.add(open);
      }
    }
    return versions;
  }

  private static boolean same(TableRow row, Object[] version, List<String> columns) {
    return columns.stream()
        .mapToInt(row.schema()::position)
        .allMatch(i -> Values.same(row.values()[i], version[i]));
  }

  /** What hubs, links, satellites and histories hold now, as {@code verify} sees it. */
  List<ExpectedRow> current(ExpectedState expected) {
    List<ExpectedRow> all = new ArrayList<>();
    for (VaultTable table : tables.tables()) {
      RowSchema schema = table.spec().schema();
      Map<String, List<Object[]>> statuses =
          table.status().isEmpty() ? Map.of() : read(table.status());
      read(table.name())
          .forEach(
              (key, versions) ->
                  now(table, versions, statuses.getOrDefault(key, List.of()))
                      .map(row -> expected.stored(table.name(), schema, row))
                      .forEach(all::add));
    }
    return all;
  }

  private Stream<Object[]> now(VaultTable table, List<Object[]> versions, List<Object[]> statuses) {
    RowSchema schema = table.spec().schema();
    return switch (table.structure()) {
      case HUB, LINK, TRANSACTION -> versions.stream();
      case SATELLITE ->
          CurrentState.ofSatellite(
              schema, versions, tables.table(table.status()).spec().schema(), statuses)
              .stream();
      case HISTORY -> CurrentState.ofHistory(schema, versions).stream();
      default -> Stream.of();
    };
  }

  /** The status of each key that a status satellite has, by key. */
  Map<String, Boolean> deleted(String statusTable) {
    RowSchema schema = tables.table(statusTable).spec().schema();
    Map<String, Boolean> deleted = new TreeMap<>();
    read(statusTable)
        .forEach((key, rows) -> deleted.put(key, CurrentState.isDeleted(schema, rows)));
    return deleted;
  }
}
