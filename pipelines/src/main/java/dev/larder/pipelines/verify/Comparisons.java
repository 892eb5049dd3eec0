package dev.larder.pipelines.verify;

import static dev.larder.pipelines.mart.DuckDb.quoted;
import static dev.larder.pipelines.verify.Comparison.column;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.pipelines.mart.VaultViews;
import dev.larder.transforms.model.ColumnChoice;
import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.Reference;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The comparisons that a source table is due: its hubs must hold every business key, its links,
 * satellites and histories exactly the rows that it has now. Business keys are compared as text and
 * payload as stored, never by hash, so that a fault in hashing shows as any other. Of a table with
 * a filter ({@code read.where}) the source's rows are those that meet it; the log brings others
 * too, so that what the vault has besides is no difference.
 */
final class Comparisons {
  private final VaultModel model;
  private final SourceTable table;
  private final RowSchema columns;
  private final SourceRows rows;
  private final String from;

  private Comparisons(VaultModel model, SourceTable table, RowSchema columns, String from) {
    this.model = model;
    this.table = table;
    this.columns = columns;
    this.rows = new SourceRows(model, table, columns);
    this.from = " FROM " + quoted(from) + " AS " + SourceRows.ALIAS;
  }

  /**
   * @param columns of the source table now
   * @param view with the source table's rows
   */
  static List<Comparison> of(VaultModel model, TableId id, RowSchema columns, String view) {
    Comparisons table = new Comparisons(model, model.table(id), columns, view);
    List<Comparison> all = new ArrayList<>();
    table.mappings().forEach(hub -> all.add(table.hub(hub)));
    table.table.links().forEach(link -> all.add(table.link(link)));
    table.table.satellites().stream()
        .filter(satellite -> satellite.kind().hasPayload())
        .forEach(satellite -> all.add(table.satellite(satellite)));
    table.table.histories().forEach(history -> all.add(table.history(history)));
    if (table.table.reference() != null) {
      all.add(table.reference(table.table.reference()));
    }
    return all;
  }

  /** The business keys of a row: under the hubs' own names, then in roles. */
  private Set<HubMapping> mappings() {
    Set<HubMapping> all = new LinkedHashSet<>(table.hubs());
    table.links().forEach(link -> link.roles().forEach(role -> all.add(role.mapping())));
    return all;
  }

  private static List<HubMapping> mappings(LinkMapping link) {
    return link.roles().stream().map(SourceTable.RoleMapping::mapping).toList();
  }

  private Comparison hub(HubMapping mapping) {
    Hub hub = model.hub(mapping.hub());
    Map<String, String> expected = rows.key(mapping);
    Map<String, String> actual = new LinkedHashMap<>();
    hub.key().forEach(part -> actual.put(part, Alike.key(model, column("h", part))));
    return comparison(
        VaultNames.hub(hub.name()),
        expected,
        Map.of(),
        "SELECT DISTINCT "
            + Comparison.select(expected, Map.of())
            + from
            + SourceRows.where(expected),
        "SELECT "
            + Comparison.select(actual, Map.of())
            + " FROM "
            + quoted(VaultViews.name(VaultNames.hub(hub.name())))
            + " AS h",
        false);
  }

  private Comparison link(LinkMapping mapping) {
    Link link = model.link(mapping.link());
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> actual = new LinkedHashMap<>();
    Map<String, String> expectedColumns = new LinkedHashMap<>();
    Map<String, String> actualColumns = new LinkedHashMap<>();
    linkKey(mapping, expected, actual);
    Set<String> payload = new LinkedHashSet<>();
    mapping
        .columns()
        .resolve(columns, table.keyColumns())
        .forEach(
            taken -> {
              payload.add(taken.name());
              expectedColumns.put(taken.name(), column(SourceRows.ALIAS, taken.column()));
            });
    if (mapping.applied() != null && payload.add(mapping.applied())) {
      expectedColumns.put(mapping.applied(), column(SourceRows.ALIAS, mapping.applied()));
    }
    payload.forEach(name -> actualColumns.put(name, column("l", name)));
    return comparison(
        VaultNames.link(link.name()),
        expected,
        expectedColumns,
        "SELECT DISTINCT "
            + Comparison.select(expected, expectedColumns)
            + from
            + rows.whereLoaded(mappings(mapping)),
        "SELECT "
            + Comparison.select(actual, actualColumns)
            + LiveLinks.from(model, table.id(), link),
        model.tracksLinks());
  }

  private Comparison satellite(Satellite satellite) {
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> actual = new LinkedHashMap<>();
    String joins;
    List<HubMapping> hubs;
    Link link = model.links().get(satellite.parent());
    String key = quoted(VaultNames.hashKey(satellite.parent()));
    if (link == null) {
      Hub hub = model.hub(satellite.parent());
      HubMapping mapping = rows.hub(hub.name());
      expected.putAll(rows.key(mapping));
      hub.key().forEach(part -> actual.put(part, Alike.key(model, column("h", part))));
      joins = join(VaultNames.hub(hub.name()), "h", key);
      hubs = List.of(mapping);
    } else {
      LinkMapping mapping = rows.link(link.name());
      linkKey(mapping, expected, actual);
      joins = join(VaultNames.link(link.name()), "l", key) + LiveLinks.hubs(link);
      hubs = mappings(mapping);
    }
    for (String child : satellite.child()) {
      expected.put(child, column(SourceRows.ALIAS, child));
      actual.put(child, column("v", child));
    }
    Map<String, String> expectedColumns = new LinkedHashMap<>();
    Map<String, String> actualColumns = new LinkedHashMap<>();
    compared(satellite.columns(), expectedColumns, actualColumns, "v", taken(satellite));
    for (ColumnChoice.Taken taken : satellite.columns().resolve(columns, taken(satellite))) {
      if (columns.column(columns.position(taken.column())).type().kind() == Kind.STRING) {
        expectedColumns.computeIfPresent(taken.name(), (name, sql) -> Alike.payload(model, sql));
        actualColumns.computeIfPresent(taken.name(), (name, sql) -> Alike.payload(model, sql));
      }
    }
    expectedColumns.keySet().removeAll(satellite.masked());
    actualColumns.keySet().removeAll(satellite.masked());
    List<String> conditions = new ArrayList<>(rows.loaded(hubs));
    satellite
        .child()
        .forEach(name -> conditions.add(column(SourceRows.ALIAS, name) + " IS NOT NULL"));
    return comparison(
        VaultNames.satellite(satellite),
        expected,
        expectedColumns,
        "SELECT "
            + Comparison.select(expected, expectedColumns)
            + from
            + SourceRows.where(conditions),
        "SELECT "
            + Comparison.select(actual, actualColumns)
            + " FROM "
            + quoted(VaultViews.name(VaultNames.satellite(satellite)) + "_current")
            + " AS v"
            + joins,
        Compared.knowsDeletes(satellite));
  }

  private static String join(String table, String alias, String key) {
    return " JOIN " + quoted(VaultViews.name(table)) + " AS " + alias + " USING (" + key + ")";
  }

  private Set<String> taken(Satellite satellite) {
    Set<String> taken = new LinkedHashSet<>(table.keyColumns());
    taken.addAll(satellite.untracked());
    taken.addAll(satellite.child());
    return taken;
  }

  private Comparison reference(Reference reference) {
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> actual = new LinkedHashMap<>();
    Map<String, String> expectedColumns = new LinkedHashMap<>();
    Map<String, String> actualColumns = new LinkedHashMap<>();
    compared(reference.key(), expected, actual, "v", Set.of());
    if (reference.load() != Reference.Load.DEDUP) { // else the first meaning stays
      compared(reference.columns(), expectedColumns, actualColumns, "v", keyOf(reference));
    }
    return comparison(
        VaultNames.reference(reference.name()),
        expected,
        expectedColumns,
        "SELECT " + Comparison.select(expected, expectedColumns) + from,
        "SELECT "
            + Comparison.select(actual, actualColumns)
            + " FROM "
            + quoted(VaultViews.name(VaultNames.reference(reference.name())) + "_current")
            + " AS v",
        reference.load() == Reference.Load.SCD2);
  }

  private Set<String> keyOf(Reference reference) {
    Set<String> key = new LinkedHashSet<>();
    reference.key().resolve(columns, Set.of()).forEach(taken -> key.add(taken.column()));
    return key;
  }

  private Comparison history(SourceTable.History history) {
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> actual = new LinkedHashMap<>();
    Map<String, String> expectedColumns = new LinkedHashMap<>();
    Map<String, String> actualColumns = new LinkedHashMap<>();
    compared(history.key(), expected, actual, "v", Set.of());
    compared(history.columns(), expectedColumns, actualColumns, "v", Set.of());
    return comparison(
        VaultNames.history(history.name()),
        expected,
        expectedColumns,
        "SELECT " + Comparison.select(expected, expectedColumns) + from,
        "SELECT "
            + Comparison.select(actual, actualColumns)
            + " FROM "
            + quoted(VaultViews.name(VaultNames.history(history.name())))
            + " AS v WHERE "
            + column("v", VaultNames.CURRENT),
        true);
  }

  private void compared(
      ColumnChoice choice,
      Map<String, String> expected,
      Map<String, String> actual,
      String row,
      Set<String> taken) {
    for (ColumnChoice.Taken column : choice.resolve(columns, taken)) {
      expected.put(column.name(), column(SourceRows.ALIAS, column.column()));
      actual.put(column.name(), column(row, column.name()));
    }
  }

  private void linkKey(
      LinkMapping mapping, Map<String, String> expected, Map<String, String> actual) {
    Link link = model.link(mapping.link());
    for (SourceTable.RoleMapping role : mapping.roles()) {
      String name = role.role();
      rows.key(role.mapping()).forEach((part, sql) -> expected.put(name + "." + part, sql));
      model
          .hub(role.mapping().hub())
          .key()
          .forEach(
              part -> actual.put(name + "." + part, Alike.key(model, column("h_" + name, part))));
    }
    for (int i = 0; i < link.child().size(); i++) {
      String child = link.child().get(i);
      expected.put(child, rows.child(mapping.child().get(i)));
      actual.put(child, "CAST(" + column("l", child) + " AS VARCHAR)");
    }
  }

  private Comparison comparison(
      String name,
      Map<String, String> keys,
      Map<String, String> columns,
      String expected,
      String actual,
      boolean absentIsWrong) {
    return new Comparison(
        name,
        table.id().toString(),
        List.copyOf(keys.keySet()),
        List.copyOf(columns.keySet()),
        expected,
        actual,
        absentIsWrong && table.reading().condition().isEmpty());
  }
}
