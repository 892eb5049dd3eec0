package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import dev.larder.transforms.model.SourceTable.History;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.SourceTable.Load;
import dev.larder.transforms.model.SourceTable.Satellite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the entry of one table under {@code tables}. */
final class TableReader {
  private static final Set<String> LATER_OF_SATELLITES =
      Set.of("child", "mask", "deletes", "late", "grain", "hashdiff");
  private static final Set<String> LATER_KINDS =
      Set.of("multi_active", "effectivity", "status", "record_tracking", "xts");

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
    Map<String, Element> entries = element.map("a map with the hubs that the table feeds");
    MappingReader mappings = new MappingReader(model);
    entries.forEach(
        (name, entry) -> {
          if (model.hubs().containsKey(name)) {
            hubs.put(name, mappings.hub(model.hubs().get(name), entry));
          } else if (!TablesReader.KEYS.contains(name)) {
            reportKey(name, entry);
          }
        });
    if (entries.containsKey("links")) {
      links.putAll(mappings.links(entries.get("links"), hubs.keySet()));
    }
    List<Satellite> satellites = satellites(entries.get("satellites"));
    List<History> histories = histories(entries.get("history"));
    if (element.isMap() && hubs.isEmpty() && histories.isEmpty()) {
      element.report(ModelErrors.nothingFed());
    }
    Element key = entries.get("key");
    return new SourceTable(
        id,
        key == null ? List.of() : key.texts("a column or a list of columns"),
        load(entries.get("load")),
        List.copyOf(hubs.values()),
        List.copyOf(links.values()),
        satellites,
        histories);
  }

  private void reportKey(String name, Element entry) {
    if (TablesReader.LATER.contains(name)) {
      entry.reportKey(name, TablesReader.KEYS, TablesReader.LATER);
    } else {
      entry.report(
          ModelErrors.unknown(
              "hub or key",
              name,
              Stream.concat(model.hubs().keySet().stream(), TablesReader.KEYS.stream()).toList()));
    }
  }

  private Load load(Element load) {
    String word =
        Names.oneOf(
            load,
            "load mode",
            List.of("append", "dedup"),
            Set.of("scd2", "insert_only", "full", "last"));
    boolean transactions =
        links.keySet().stream()
            .anyMatch(link -> model.links().get(link).kind() == Link.Kind.TRANSACTION);
    if (!word.isEmpty() && !transactions) {
      load.report(ModelErrors.loadWithoutTransaction(word));
    }
    return word.equals("append") ? Load.APPEND : Load.DEDUP;
  }

  private List<Satellite> satellites(Element all) {
    List<Satellite> satellites = new ArrayList<>();
    if (all != null) {
      all.map("a map of satellites")
          .forEach((name, entry) -> satellites.add(satellite(name, entry)));
    }
    return satellites;
  }

  private Satellite satellite(String name, Element entry) {
    Names.checked(entry, name);
    model.make(VaultNames.satellite(name), entry);
    Map<String, Element> entries =
        entry.map(
            "a map like {of: HUB, columns: [COLUMN, ...]}",
            List.of("of", "columns", "untracked", "kind"),
            LATER_OF_SATELLITES);
    Names.oneOf(entries.get("kind"), "kind of satellite", List.of("standard"), LATER_KINDS);
    String parent = parent(entry, entries.get("of"));
    ColumnChoice columns = Columns.required(entry, entries, "columns");
    List<String> untracked =
        entries.containsKey("untracked")
            ? entries.get("untracked").texts("a column or a list of columns")
            : List.of();
    if (columns instanceof ColumnChoice.Listed listed) {
      for (ColumnChoice.Taken taken : listed.columns()) {
        if (untracked.contains(taken.name())) {
          entries.get("untracked").report(ModelErrors.twiceInList(taken.name()));
        }
      }
    }
    Columns.refuseTechnical(entries.get("untracked"), untracked);
    return new Satellite(name, parent, columns, untracked);
  }

  private String parent(Element satellite, Element of) {
    if (of == null) {
      if (satellite.isMap()) {
        satellite.report(ModelErrors.missing("of", "Add of: HUB or of: LINK."));
      }
      return "";
    }
    String parent = of.text("the name of a hub or link");
    List<String> known =
        Stream.concat(model.hubs().keySet().stream(), model.links().keySet().stream()).toList();
    if (parent.isEmpty()) {
      return parent;
    }
    if (!known.contains(parent)) {
      of.report(ModelErrors.unknown("hub or link", parent, known));
    } else if (!hubs.containsKey(parent) && !links.containsKey(parent)) {
      of.report(ModelErrors.parentNotLoaded(parent));
    }
    return parent;
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
    if (Stream.of("hub_", "link_", "sat_", "sts_").anyMatch(name::startsWith)) {
      entry.report(ModelErrors.historyPrefix(name));
    }
    model.make(VaultNames.history(name), entry);
    Map<String, Element> entries =
        entry.map(
            "a map like {load: scd2, key: COLUMN, columns: [COLUMN, ...]}",
            List.of("load", "key", "columns"),
            Set.of("untracked", "applied", "hash_key"));
    Names.oneOf(
        entries.get("load"), "load mode of a history", List.of("scd2"), Set.of("append", "last"));
    ColumnChoice key = Columns.required(entry, entries, "key");
    if (key instanceof ColumnChoice.AllExcept) {
      entries.get("key").report(ModelErrors.expected("the columns of the key", "\"*\""));
    }
    ColumnChoice columns = Columns.required(entry, entries, "columns");
    Columns.refuseInHistory(entry, List.of(key, columns));
    return new History(name, key, columns);
  }
}
