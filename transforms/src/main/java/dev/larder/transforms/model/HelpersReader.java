package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Reads what is computed from the vault: {@code pits}, {@code bridges}, {@code business}, {@code
 * marts}.
 */
final class HelpersReader {
  private final TablesReader model;
  private final Map<String, Satellite> satellites;

  HelpersReader(TablesReader model, Map<TableId, SourceTable> tables) {
    this.model = model;
    this.satellites = TablesReader.satellites(tables);
  }

  Map<String, Pit> pits(Element element, Map<String, Snapshot> snapshots) {
    return each(element, "a map of PITs", (name, entry) -> pit(name, entry, snapshots));
  }

  Map<String, Bridge> bridges(Element element, Map<String, Snapshot> snapshots) {
    BridgeReader reader = new BridgeReader(model, snapshots);
    return each(element, "a map of bridges", reader::read);
  }

  Map<String, BusinessSatellite> business(Element element) {
    return each(element, "a map of business satellites", this::business);
  }

  Map<String, Mart> marts(Element element) {
    return each(
        element,
        "a map of marts",
        (name, entry) -> {
          Map<String, Element> entries = entry.map(HelperGrammar.MART);
          return new Mart(name, sql(entries));
        });
  }

  private static <T> Map<String, T> each(
      Element element, String expected, BiFunction<String, Element, T> reader) {
    Map<String, T> all = new LinkedHashMap<>();
    if (element != null) {
      element
          .map(expected)
          .forEach((name, entry) -> all.put(Names.checked(entry, name), reader.apply(name, entry)));
    }
    return all;
  }

  private Pit pit(String name, Element element, Map<String, Snapshot> snapshots) {
    Map<String, Element> entries = element.map(HelperGrammar.PIT);
    String parent = parent(entries);
    Element list = entries.get("satellites");
    List<String> names = list == null ? List.of() : list.texts("a satellite or a list of them");
    for (String satellite : names) {
      Names.known(list, "satellite", satellite, satellites.keySet());
      Satellite found = satellites.get(satellite);
      if (found != null && model.parents().contains(parent) && !found.parent().equals(parent)) {
        list.report(StructureErrors.pitsSatelliteOfOther(satellite, found.parent(), parent));
      }
    }
    return new Pit(name, parent, names, snapshot(entries, snapshots));
  }

  /** The snapshot that an entry names. */
  static String snapshot(Map<String, Element> entries, Map<String, Snapshot> snapshots) {
    String name = Names.text(entries, "snapshot", "the name of a snapshot", "");
    return Names.known(entries.get("snapshot"), "snapshot", name, snapshots.keySet());
  }

  private BusinessSatellite business(String name, Element element) {
    Map<String, Element> entries = element.map(HelperGrammar.BUSINESS);
    return new BusinessSatellite(
        name,
        parent(entries),
        sql(entries),
        Names.oneOf(
            entries.get("load"),
            "load mode",
            Satellite.Load.class,
            model.settings().defaults().load()));
  }

  private String parent(Map<String, Element> entries) {
    String parent = Names.text(entries, "of", "the name of a hub or link", "");
    return Names.known(entries.get("of"), "hub or link", parent, model.parents());
  }

  private static String sql(Map<String, Element> entries) {
    String path = Names.text(entries, "sql", "the path of a query", "");
    return path.isEmpty() ? path : entries.get("sql").beside(path);
  }
}
