package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code tables}: how the sources feed the model. */
final class TablesReader {
  /** What a table's entry may say besides the hubs that it maps. */
  static final List<String> KEYS = List.of("key", "load", "links", "satellites", "history");

  static final Set<String> LATER = Set.of("reference", "columns", "deletes", "late", "filter");

  private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_$-]+");

  private final Map<String, Source> sources;
  private final Map<String, Hub> hubs;
  private final Map<String, Link> links;

  /** Which element makes a vault table, by the table's name. */
  private final Map<String, String> made = new HashMap<>();

  TablesReader(Map<String, Source> sources, Map<String, Hub> hubs, Map<String, Link> links) {
    this.sources = sources;
    this.hubs = hubs;
    this.links = links;
  }

  Map<TableId, SourceTable> read(Element element) {
    Map<TableId, SourceTable> tables = new LinkedHashMap<>();
    if (element != null) {
      element
          .map("a map of tables")
          .forEach(
              (name, table) -> {
                TableId id = id(name, table);
                if (id != null) {
                  tables.put(id, new TableReader(this, id, table).read());
                }
              });
    }
    return tables;
  }

  private TableId id(String name, Element element) {
    int dot = name.indexOf('.');
    if (dot < 1 || !TABLE.matcher(name.substring(dot + 1)).matches()) {
      element.report(ModelErrors.noTable(name, sources.keySet()));
      return null;
    }
    TableId id = TableId.parse(name);
    if (!sources.containsKey(id.source())) {
      element.report(ModelErrors.unknown("source", id.source(), sources.keySet()));
    }
    return id;
  }

  Map<String, Hub> hubs() {
    return hubs;
  }

  Map<String, Link> links() {
    return links;
  }

  /** Reports a vault table that two elements of the model would make. */
  void make(String table, Element by) {
    String first = made.putIfAbsent(table, by.path());
    if (first != null && !first.equals(by.path())) {
      by.report(ModelErrors.tableNameTaken(table, first));
    }
  }
}
