package dev.larder.transforms.model;

import dev.larder.transforms.model.Satellite.Deletes;
import dev.larder.transforms.model.Satellite.Grain;
import dev.larder.transforms.model.Satellite.Kind;
import dev.larder.transforms.model.Satellite.Late;
import dev.larder.transforms.model.Satellite.Load;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the entries of one table's {@code satellites}. */
final class SatelliteReader {
  private static final List<String> KINDS = Arrays.stream(Kind.values()).map(Kind::id).toList();
  private static final List<String> COMMON = List.of("of", "kind");
  private static final List<String> PAYLOAD =
      List.of("columns", "untracked", "mask", "load", "deletes", "late");
  private static final Map<Kind, List<String>> KEYS =
      Map.of(
          Kind.STANDARD, PAYLOAD,
          Kind.MULTI_ACTIVE, with(PAYLOAD, "child", "grain"),
          Kind.EFFECTIVITY, List.of("start", "end", "late"),
          Kind.STATUS, List.of(),
          Kind.RECORD_TRACKING, List.of(),
          Kind.SIGHTINGS, List.of("satellites"));

  private final TablesReader model;
  private final List<String> loaded;

  /**
   * @param loaded hubs and links that the table loads
   */
  SatelliteReader(TablesReader model, List<String> loaded) {
    this.model = model;
    this.loaded = loaded;
  }

  private static List<String> with(List<String> keys, String... more) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  Satellite read(String name, Element entry) {
    Names.checked(entry, name);
    Map<String, Element> entries = entries(entry);
    String word = Names.oneOf(entries.get("kind"), "kind of satellite", KINDS);
    Kind kind = Kind.values()[Math.max(0, KINDS.indexOf(word))];
    entries.forEach(
        (key, element) -> {
          if (!COMMON.contains(key) && !KEYS.get(kind).contains(key) && isKnown(key)) {
            element.report(ModelErrors.keyOfOtherKind(key, kind.id(), kindsWith(key)));
          }
        });
    Load load = load(entries.get("load"), kind);
    Satellite satellite =
        new Satellite(
            name,
            parent(entry, entries.get("of")),
            kind,
            kind.hasPayload() ? Columns.required(entry, entries, "columns") : ColumnChoice.NONE,
            Names.texts(entries, "untracked", "a column or a list of columns"),
            Names.texts(entries, "mask", "a column or a list of columns"),
            Names.texts(entries, "child", "a column or a list of columns"),
            Names.oneOf(entries.get("grain"), "grain", Grain.class, Grain.ROW),
            load,
            deletes(entries.get("deletes"), load),
            Names.oneOf(
                entries.get("late"), "policy", Late.class, model.settings().defaults().late()),
            Names.texts(entries, "satellites", "a satellite or a list of satellites"),
            Names.text(entries, "start", "the name of a column", null),
            Names.text(entries, "end", "the name of a column", null));
    model.make(VaultNames.satellite(satellite), entry);
    new SatelliteChecks(model, satellite, entry, entries).check();
    return satellite;
  }

  private static Map<String, Element> entries(Element entry) {
    Set<String> known = new LinkedHashSet<>(COMMON);
    known.addAll(KEYS.get(Kind.MULTI_ACTIVE));
    known.addAll(KEYS.get(Kind.EFFECTIVITY));
    known.addAll(KEYS.get(Kind.SIGHTINGS));
    return entry.map("a map like {of: HUB, columns: [COLUMN, ...]}", List.copyOf(known));
  }

  private static boolean isKnown(String key) {
    return !kindsWith(key).isEmpty();
  }

  private static List<String> kindsWith(String key) {
    return Arrays.stream(Kind.values())
        .filter(kind -> KEYS.get(kind).contains(key))
        .map(Kind::id)
        .toList();
  }

  private Load load(Element element, Kind kind) {
    Load load = Names.oneOf(element, "load mode", Load.class, model.settings().defaults().load());
    return kind.hasPayload() ? load : Load.INSERT_ONLY;
  }

  private Deletes deletes(Element element, Load load) {
    Deletes deletes =
        Names.oneOf(element, "policy", Deletes.class, model.settings().defaults().deletesOf(load));
    if (element != null && deletes == Deletes.CLOSE && load != Load.SCD2) {
      element.report(ModelErrors.closeWithoutScd2());
    }
    return deletes;
  }

  private String parent(Element satellite, Element of) {
    if (of == null) {
      if (satellite.isMap()) {
        satellite.report(ModelErrors.missing("of", "Add of: HUB or of: LINK."));
      }
      return "";
    }
    String parent = of.text("the name of a hub or link");
    Names.known(of, "hub or link", parent, model.parents());
    if (model.parents().contains(parent) && !loaded.contains(parent)) {
      of.report(ModelErrors.parentNotLoaded(parent));
    }
    return parent;
  }
}
