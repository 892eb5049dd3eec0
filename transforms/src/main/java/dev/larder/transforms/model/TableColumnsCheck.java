package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.ColumnChoice.AllExcept;
import dev.larder.transforms.model.ColumnChoice.Listed;
import dev.larder.transforms.model.ColumnChoice.Taken;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Checks the columns that one table of the model names. */
final class TableColumnsCheck {
  private static final Set<Kind> NO_KEYS =
      EnumSet.of(Kind.FLOAT, Kind.DOUBLE, Kind.JSON, Kind.STRUCT, Kind.ARRAY, Kind.MAP);
  private static final Set<Kind> NOT_HASHED = EnumSet.of(Kind.STRUCT, Kind.ARRAY, Kind.MAP);

  private final SourceTable table;
  private final TableSchema schema;
  private final BiConsumer<String, String> report;

  TableColumnsCheck(SourceTable table, TableSchema schema, BiConsumer<String, String> report) {
    this.table = table;
    this.schema = schema;
    this.report = report;
  }

  void check(
      String path,
      Function<String, List<String>> keyOfHub,
      Function<String, List<String>> childOfLink) {
    named(path + ".key", table.declaredKey());
    if (table.loadTime() != null) {
      column(path + ".load_time", table.loadTime());
    }
    if (table.reference() != null) {
      choice(path + ".key", table.reference().key());
      choice(path + ".columns", table.reference().columns());
    }
    for (SourceTable.HubMapping hub : table.hubs()) {
      parts(path + "." + hub.hub(), keyOfHub.apply(hub.hub()), hub.parts());
    }
    for (SourceTable.LinkMapping link : table.links()) {
      String linkPath = path + ".links." + link.link();
      for (SourceTable.RoleMapping role : link.roles()) {
        if (!table.hubs().contains(role.mapping())) {
          List<String> key = keyOfHub.apply(role.mapping().hub());
          parts(linkPath + "." + role.role(), key, role.mapping().parts());
        }
      }
      parts(linkPath, childOfLink.apply(link.link()), link.child());
      choice(linkPath + ".columns", link.columns());
      if (link.applied() != null) {
        column(linkPath + ".applied", link.applied());
      }
    }
    for (Satellite satellite : table.satellites()) {
      String satellitePath = path + ".satellites." + satellite.name();
      choice(satellitePath + ".columns", satellite.columns());
      named(satellitePath + ".untracked", satellite.untracked());
      named(satellitePath + ".child", satellite.child());
      for (String end : Arrays.asList(satellite.start(), satellite.end())) {
        if (end != null) {
          column(satellitePath + (end.equals(satellite.start()) ? ".start" : ".end"), end);
        }
      }
    }
    for (SourceTable.History history : table.histories()) {
      String historyPath = path + ".history." + history.name();
      choice(historyPath + ".key", history.key());
      choice(historyPath + ".columns", history.columns());
    }
  }

  private void parts(String path, List<String> names, List<KeyExpression> parts) {
    for (int i = 0; i < parts.size(); i++) {
      for (String column : parts.get(i).columns()) {
        String at = path + "." + names.get(i);
        ColumnType type = column(at, column);
        if (type != null && NO_KEYS.contains(type.kind())) {
          report.accept(at, ModelErrors.notAKey(column, type));
        }
      }
      if (parts.get(i).columns().stream().allMatch(name -> schema.columns().find(name) >= 0)) {
        String at = path + "." + names.get(i);
        parts.get(i).misfit(schema.columns()).ifPresent(message -> report.accept(at, message));
      }
    }
  }

  private void choice(String path, ColumnChoice choice) {
    if (choice instanceof AllExcept all) {
      named(path + ".except", all.columns());
      RowSchema columns = schema.columns();
      if (choice.resolve(columns, table.keyColumns()).isEmpty()) {
        report.accept(path, ModelErrors.noColumnsLeft());
      }
      return;
    }
    List<Taken> columns = ((Listed) choice).columns();
    for (int i = 0; i < columns.size(); i++) {
      Taken taken = columns.get(i);
      boolean renamed = !taken.name().equals(taken.column());
      hashable(path + (renamed ? "." + taken.name() : "[" + i + "]"), taken.column());
    }
  }

  private void named(String path, List<String> columns) {
    for (int i = 0; i < columns.size(); i++) {
      hashable(path + "[" + i + "]", columns.get(i));
    }
  }

  private void hashable(String path, String column) {
    ColumnType type = column(path, column);
    if (type != null && NOT_HASHED.contains(type.kind())) {
      report.accept(path, ModelErrors.notHashable(column, type));
    }
  }

  private ColumnType column(String path, String column) {
    int position = schema.columns().find(column);
    if (position < 0) {
      report.accept(path, ModelErrors.columnNotThere(column, table.id(), schema.columns().names()));
      return null;
    }
    return schema.columns().column(position).type();
  }
}
