package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.ColumnChoice.AllExcept;
import dev.larder.transforms.model.ColumnChoice.Listed;
import dev.larder.transforms.model.ColumnChoice.Taken;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Checks the columns that one table of the model names. */
final class TableColumnsCheck {
  private static final Set<Kind> NO_KEYS =
      EnumSet.of(Kind.FLOAT, Kind.DOUBLE, Kind.JSON, Kind.STRUCT, Kind.ARRAY, Kind.MAP);
  private static final Set<Kind> NOT_HASHED = EnumSet.of(Kind.STRUCT, Kind.ARRAY, Kind.MAP);

  private static final Set<Kind> TIMES = EnumSet.of(Kind.DATE, Kind.DATETIME, Kind.TIMESTAMP);

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
    if (table.reading().columns() instanceof Listed read) {
      named(path + ".read.columns", read.columns().stream().map(Taken::column).toList());
    }
    time(path + ".load_time", table.loadTime());
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
      choice(satellitePath + ".columns", satellite.columns(), VaultNames.technical(satellite));
      named(satellitePath + ".untracked", satellite.untracked());
      named(satellitePath + ".child", satellite.child());
      masked(satellitePath + ".mask", satellite);
      time(satellitePath + ".start", satellite.start());
      time(satellitePath + ".end", satellite.end());
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
          report.accept(at, CatalogueErrors.notAKey(column, type));
        }
      }
      if (parts.get(i).columns().stream().allMatch(name -> schema.columns().find(name) >= 0)) {
        String at = path + "." + names.get(i);
        parts.get(i).misfit(schema.columns()).ifPresent(message -> report.accept(at, message));
      }
    }
  }

  /** A column that is to hold a time; null is none. */
  private void time(String path, String column) {
    ColumnType type = column == null ? null : column(path, column);
    if (type != null && !TIMES.contains(type.kind())) {
      report.accept(path, CatalogueErrors.noTimeColumn(column, type));
    }
  }

  /** Masks of columns that "all" means; the others were checked when they were read. */
  private void masked(String path, Satellite satellite) {
    if (satellite.columns() instanceof AllExcept) {
      Set<String> elsewhere = new HashSet<>(table.keyColumns());
      elsewhere.addAll(satellite.untracked());
      elsewhere.addAll(satellite.child());
      List<String> known = new ArrayList<>(satellite.untracked());
      satellite
          .columns()
          .resolve(schema.columns(), elsewhere)
          .forEach(taken -> known.add(taken.name()));
      for (String name : satellite.masked()) {
        if (!known.contains(name)) {
          report.accept(path, ModelErrors.unknown("column of the satellite", name, known));
        }
      }
    }
  }

  private void choice(String path, ColumnChoice choice) {
    choice(path, choice, VaultNames.technical());
  }

  private void choice(String path, ColumnChoice choice, List<String> technical) {
    if (choice instanceof AllExcept all) {
      named(path + ".except", all.columns());
      RowSchema columns = schema.columns();
      List<Taken> resolved = choice.resolve(columns, table.keyColumns());
      if (resolved.isEmpty()) {
        report.accept(path, CatalogueErrors.noColumnsLeft());
      }
      for (Taken taken : resolved) {
        if (technical.contains(taken.name())) {
          report.accept(path, CatalogueErrors.technicalAmongAll(taken.name()));
        }
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
      report.accept(path, CatalogueErrors.notHashable(column, type));
    }
  }

  private ColumnType column(String path, String column) {
    int position = schema.columns().find(column);
    if (position < 0) {
      report.accept(
          path, CatalogueErrors.columnNotThere(column, table.id(), schema.columns().names()));
      return null;
    }
    return schema.columns().column(position).type();
  }
}
