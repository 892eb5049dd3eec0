package dev.larder.pipelines.verify;

import static dev.larder.pipelines.mart.DuckDb.quoted;
import static dev.larder.pipelines.verify.Comparison.column;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.pipelines.mart.VaultViews;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.ColumnChoice;
import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.Link;
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
import java.util.stream.Collectors;

/**
 * The comparisons that a source table is due: its hubs must hold every business key, its links,
 * satellites and histories exactly the rows that it has now. Business keys are compared as text and
 * payload as stored, never by hash, so that a fault in hashing shows as any other.
 */
final class Comparisons {
  private static final String SOURCE_ROW = "s";

  private final VaultModel model;
  private final SourceTable table;
  private final RowSchema columns;
  private final String from;

  private Comparisons(VaultModel model, SourceTable table, RowSchema columns, String from) {
    this.model = model;
    this.table = table;
    this.columns = columns;
    this.from = " FROM " + quoted(from) + " AS " + SOURCE_ROW;
  }

  /**
   * @param columns of the source table now
   * @param view with the source table's rows
   */
  static List<Comparison> of(VaultModel model, TableId id, RowSchema columns, String view) {
    Comparisons table = new Comparisons(model, model.table(id), columns, view);
    List<Comparison> all = new ArrayList<>();
    table.table.hubs().forEach(hub -> all.add(table.hub(hub)));
    table.table.links().forEach(link -> all.add(table.link(link)));
    table.table.satellites().forEach(satellite -> all.add(table.satellite(satellite)));
    table.table.histories().forEach(history -> all.add(table.history(history)));
    return all;
  }

  private Comparison hub(HubMapping mapping) {
    Hub hub = model.hub(mapping.hub());
    Map<String, String> expected = sourceKey(mapping);
    Map<String, String> actual = new LinkedHashMap<>();
    hub.key().forEach(part -> actual.put(part, column("h", part)));
    return comparison(
        VaultNames.hub(hub.name()),
        expected,
        Map.of(),
        "SELECT DISTINCT " + Comparison.select(expected, Map.of()) + from + where(expected),
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
              expectedColumns.put(taken.name(), column(SOURCE_ROW, taken.column()));
            });
    if (mapping.applied() != null && payload.add(mapping.applied())) {
      expectedColumns.put(mapping.applied(), column(SOURCE_ROW, mapping.applied()));
    }
    payload.forEach(name -> actualColumns.put(name, column("l", name)));
    return comparison(
        VaultNames.link(link.name()),
        expected,
        expectedColumns,
        "SELECT DISTINCT "
            + Comparison.select(expected, expectedColumns)
            + from
            + whereLoaded(link.hubs()),
        "SELECT " + Comparison.select(actual, actualColumns) + liveLink(link),
        true);
  }

  private Comparison satellite(Satellite satellite) {
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> actual = new LinkedHashMap<>();
    String joins;
    List<String> hubs;
    Link link = model.links().get(satellite.parent());
    String key = quoted(VaultNames.hashKey(satellite.parent()));
    if (link == null) {
      Hub hub = model.hub(satellite.parent());
      expected.putAll(sourceKey(mapping(hub.name())));
      hub.key().forEach(part -> actual.put(part, column("h", part)));
      joins =
          " JOIN "
              + quoted(VaultViews.name(VaultNames.hub(hub.name())))
              + " AS h USING ("
              + key
              + ")";
      hubs = List.of(hub.name());
    } else {
      linkKey(linkMapping(link.name()), expected, actual);
      joins =
          " JOIN "
              + quoted(VaultViews.name(VaultNames.link(link.name())))
              + " AS l USING ("
              + key
              + ")"
              + hubJoins(link);
      hubs = link.hubs();
    }
    Map<String, String> expectedColumns = new LinkedHashMap<>();
    Map<String, String> actualColumns = new LinkedHashMap<>();
    compared(
        satellite.columns(), expectedColumns, actualColumns, "v", Set.copyOf(taken(satellite)));
    return comparison(
        VaultNames.satellite(satellite.name()),
        expected,
        expectedColumns,
        "SELECT " + Comparison.select(expected, expectedColumns) + from + whereLoaded(hubs),
        "SELECT "
            + Comparison.select(actual, actualColumns)
            + " FROM "
            + quoted(VaultViews.name(VaultNames.satellite(satellite.name())) + "_current")
            + " AS v"
            + joins,
        true);
  }

  private Set<String> taken(Satellite satellite) {
    Set<String> taken = new LinkedHashSet<>(table.keyColumns());
    taken.addAll(satellite.untracked());
    return taken;
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
      expected.put(column.name(), column(SOURCE_ROW, column.column()));
      actual.put(column.name(), column(row, column.name()));
    }
  }

  private void linkKey(
      LinkMapping mapping, Map<String, String> expected, Map<String, String> actual) {
    Link link = model.link(mapping.link());
    for (String hub : link.hubs()) {
      sourceKey(mapping(hub)).forEach((part, sql) -> expected.put(hub + "." + part, sql));
      model.hub(hub).key().forEach(part -> actual.put(hub + "." + part, column("h_" + hub, part)));
    }
    for (int i = 0; i < link.child().size(); i++) {
      String child = link.child().get(i);
      expected.put(child, child(mapping.child().get(i)));
      actual.put(child, "CAST(" + column("l", child) + " AS VARCHAR)");
    }
  }

  /** A column is kept with its type, and is compared so; texts and what functions give as text. */
  private String child(KeyExpression expression) {
    return expression instanceof KeyExpression.Name name
            && columns.column(columns.position(name.column())).type().kind() != Kind.STRING
        ? "CAST(" + column(SOURCE_ROW, name.column()) + " AS VARCHAR)"
        : KeySql.part(expression, Normalisation.NONE, SOURCE_ROW, columns);
  }

  private String liveLink(Link link) {
    String key = quoted(VaultNames.hashKey(link.name()));
    String view = quoted(VaultViews.name(VaultNames.link(link.name())));
    return " FROM (SELECT * FROM "
        + view
        + " SEMI JOIN "
        + quoted(VaultViews.name(VaultNames.status(link.name(), table.id())) + "_live")
        + " USING ("
        + key
        + ") QUALIFY row_number() OVER (PARTITION BY "
        + key
        + " ORDER BY "
        + quoted(VaultNames.SEQUENCE)
        + " DESC) = 1) AS l"
        + hubJoins(link);
  }

  /** A hub's zero key (a business key that the source does not have) finds no hub row. */
  private String hubJoins(Link link) {
    return link.hubs().stream()
        .map(
            hub ->
                " LEFT JOIN "
                    + quoted(VaultViews.name(VaultNames.hub(hub)))
                    + " AS "
                    + quoted("h_" + hub)
                    + " ON "
                    + column("l", VaultNames.hashKey(hub))
                    + " = "
                    + column("h_" + hub, VaultNames.hashKey(hub)))
        .collect(Collectors.joining());
  }

  private Map<String, String> sourceKey(HubMapping mapping) {
    Hub hub = model.hub(mapping.hub());
    Map<String, String> key = new LinkedHashMap<>();
    for (int i = 0; i < hub.key().size(); i++) {
      key.put(
          hub.key().get(i), KeySql.part(mapping.parts().get(i), hub.normal(), SOURCE_ROW, columns));
    }
    return key;
  }

  private HubMapping mapping(String hub) {
    return table.hubs().stream()
        .filter(mapping -> mapping.hub().equals(hub))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(table.id() + " does not map hub " + hub));
  }

  private LinkMapping linkMapping(String link) {
    return table.links().stream()
        .filter(mapping -> mapping.link().equals(link))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(table.id() + " does not map link " + link));
  }

  /**
   * Rows without any part of a key that must be there are in the dead letters, not in the vault.
   */
  private String whereLoaded(List<String> hubs) {
    String condition =
        hubs.stream()
            .map(this::mapping)
            .filter(mapping -> mapping.whenNull() == SourceTable.WhenNull.REJECT)
            .map(
                mapping ->
                    "coalesce(" + String.join(", ", sourceKey(mapping).values()) + ") IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return condition.isEmpty() ? "" : " WHERE " + condition;
  }

  private static String where(Map<String, String> key) {
    return " WHERE coalesce(" + String.join(", ", key.values()) + ") IS NOT NULL";
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
        absentIsWrong);
  }
}
