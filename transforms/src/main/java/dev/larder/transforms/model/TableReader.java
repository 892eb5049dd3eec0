package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import dev.larder.transforms.model.SourceTable.Extract;
import dev.larder.transforms.model.SourceTable.History;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.SourceTable.Load;
import dev.larder.transforms.model.SourceTable.OnAlter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the entry of one table under {@code tables}. */
final class TableReader {
  private static final List<String> PREFIXES =
      List.of("hub_", "link_", "sat_", "sts_", "rts_", "xts_", "ref_", "pit_", "bridge_", "bsat_");

  private final TablesReader model;
  private final TableId id;
  private final Element element;
  private final Map<String, HubMapping> hubs = new LinkedHashMap<>();
  private final Map<String, LinkMapping> links = new LinkedHashMap<>();

  TableReader(TablesReader model, TableId id, Element element) {
    this.model = model;
    this.id = id;
    this.element = element;
  }

  SourceTable read() {
    Map<String, Element> entries = element.map("a map like " + TableGrammar.TABLE.like());
    MappingReader mappings = new MappingReader(model);
    entries.forEach(
        (name, entry) -> {
          if (model.hubs().containsKey(name)) {
            hubs.put(name, mappings.hub(model.hubs().get(name), entry));
          } else if (!TableGrammar.TABLE.names().contains(name)) {
            List<String> known =
                Stream.concat(model.hubs().keySet().stream(), TableGrammar.TABLE.names().stream())
                    .toList();
            entry.report(ModelErrors.unknown("hub or key", name, known));
          }
        });
    if (entries.containsKey("links")) {
      links.putAll(mappings.links(entries.get("links"), hubs));
    }
    List<Satellite> satellites = satellites(entries.get("satellites"));
    List<History> histories = histories(entries.get("history"));
    Reference reference = reference(entries);
    if (element.isMap()
        && hubs.isEmpty()
        && links.isEmpty()
        && histories.isEmpty()
        && reference == null) {
      element.report(ModelErrors.nothingFed());
    }
    return new SourceTable(
        id,
        reference != null
            ? List.of()
            : Names.texts(entries, "key", "a column or a list of columns"),
        Reading.read(entries.get("read")),
        reference == null ? load(entries.get("load")) : Load.DEDUP,
        extract(entries.get("extract")),
        Names.text(entries, "load_time", "the name of a column", null),
        Names.oneOf(
            entries.get("on_alter"), "policy for changed columns", OnAlter.class, OnAlter.EVOLVE),
        List.copyOf(hubs.values()),
        List.copyOf(links.values()),
        satellites,
        histories,
        reference);
  }

  private Load load(Element load) {
    Load mode = Names.oneOf(load, "load mode", Load.class, null);
    boolean transactions =
        links.keySet().stream()
            .anyMatch(link -> model.links().get(link).kind() == Link.Kind.TRANSACTION);
    if (mode != null && !transactions) {
      load.report(StructureErrors.loadWithoutTransaction(load.text("")));
    }
    return mode == null ? Load.DEDUP : mode;
  }

  private Extract extract(Element element) {
    Extract extract = Names.oneOf(element, "kind of extract", Extract.class, Extract.ROWS);
    boolean hasDriving =
        links.keySet().stream().anyMatch(link -> !model.links().get(link).driving().isEmpty());
    if (extract == Extract.PARTIAL && !hasDriving) {
      element.report(StructureErrors.partialWithoutDriving());
    }
    return extract;
  }

  private List<Satellite> satellites(Element all) {
    List<Satellite> satellites = new ArrayList<>();
    if (all != null) {
      List<String> parents =
          Stream.concat(hubs.keySet().stream(), links.keySet().stream()).toList();
      SatelliteReader reader = new SatelliteReader(model, parents);
      all.map("a map of satellites")
          .forEach((name, entry) -> satellites.add(reader.read(name, entry)));
    }
    return satellites;
  }

  private List<History> histories(Element all) {
    List<History> histories = new ArrayList<>();
    if (all != null) {
      all.map("a map of histories").forEach((name, entry) -> histories.add(history(name, entry)));
    }
    return histories;
  }

  private History history(String name, Element entry) {
    Names.checked(entry, name);
    if (PREFIXES.stream().anyMatch(name::startsWith)) {
      entry.report(ModelErrors.historyPrefix(name, PREFIXES));
    }
    model.make(VaultNames.history(name), entry);
    Map<String, Element> entries = entry.map(TableGrammar.HISTORY);
    Names.oneOf(entries.get("load"), "load mode of a history", List.of("scd2"));
    ColumnChoice key = key(entries);
    ColumnChoice columns = Columns.read(entries, "columns");
    Columns.refuseInHistory(entry, List.of(key, columns));
    return new History(name, key, columns);
  }

  private Reference reference(Map<String, Element> entries) {
    Element element = entries.get("reference");
    if (element == null) {
      if (entries.containsKey("columns")) {
        entries.get("columns").report(StructureErrors.columnsWithoutReference());
      }
      return null;
    }
    String name = Names.checked(element, element.text("the name of a reference table"));
    model.make(VaultNames.reference(name), element);
    for (Shape.Key needed : TableGrammar.TABLE.keys()) {
      boolean isNeeded = List.of("key", "columns").contains(needed.name());
      if (isNeeded && !entries.containsKey(needed.name())) {
        this.element.report(ModelErrors.missing(needed));
      }
    }
    ColumnChoice key = key(entries);
    ColumnChoice columns = Columns.read(entries, "columns");
    Columns.refuseInHistory(element, List.of(key, columns));
    Reference.Load load =
        Names.oneOf(
            entries.get("load"),
            "load mode of a reference table",
            Reference.Load.class,
            Reference.Load.DEDUP);
    return new Reference(name, key, columns, load);
  }

  private static ColumnChoice key(Map<String, Element> entries) {
    ColumnChoice key = Columns.read(entries, "key");
    if (key instanceof ColumnChoice.AllExcept) {
      entries.get("key").report(ModelErrors.expected("the columns of the key", "\"*\""));
    }
    return key;
  }
}
