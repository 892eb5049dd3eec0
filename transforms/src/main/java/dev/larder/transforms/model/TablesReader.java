package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code tables}: how the sources feed the model. */
final class TablesReader {
  private static final Pattern TABLE = Pattern.compile(ValueType.TABLE_NAME);

  private final Map<String, Source> sources;
  private final Map<String, Hub> hubs;
  private final Map<String, Link> links;
  private final SettingsReader settings;

  /** Which element makes a vault table, by the table's name. */
  private final Map<String, String> made = new HashMap<>();

  /** What can be checked only when all tables are read. */
  private final List<Consumer<Map<String, Satellite>>> later = new ArrayList<>();

  TablesReader(
      Map<String, Source> sources,
      Map<String, Hub> hubs,
      Map<String, Link> links,
      SettingsReader settings) {
    this.sources = sources;
    this.hubs = hubs;
    this.links = links;
    this.settings = settings;
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
    Map<String, Satellite> satellites = satellites(tables);
    later.forEach(check -> check.accept(satellites));
    return tables;
  }

  private TableId id(String name, Element element) {
    if (!TABLE.matcher(name).matches()) {
      element.report(ModelErrors.noTable(name, sources.keySet()));
      return null;
    }
    TableId id = TableId.parse(name);
    if (!sources.containsKey(id.source())) {
      element.report(ModelErrors.unknown("source", id.source(), sources.keySet()));
    }
    return id;
  }

  static Map<String, Satellite> satellites(Map<TableId, SourceTable> tables) {
    Map<String, Satellite> all = new LinkedHashMap<>();
    for (SourceTable table : tables.values()) {
      table.satellites().forEach(satellite -> all.putIfAbsent(satellite.name(), satellite));
    }
    return all;
  }

  /**
   * @param check of all satellites by name
   */
  void checkLater(Consumer<Map<String, Satellite>> check) {
    later.add(check);
  }

  SettingsReader settings() {
    return settings;
  }

  /** The names of hubs, then of links. */
  List<String> parents() {
    return Stream.concat(hubs.keySet().stream(), links.keySet().stream()).toList();
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
