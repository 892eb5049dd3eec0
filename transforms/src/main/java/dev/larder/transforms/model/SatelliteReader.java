package dev.larder.transforms.model;

import dev.larder.transforms.model.Satellite.Deletes;
import dev.larder.transforms.model.Satellite.Grain;
import dev.larder.transforms.model.Satellite.Kind;
import dev.larder.transforms.model.Satellite.Late;
import dev.larder.transforms.model.Satellite.Load;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads the entries of one table's {@code satellites}. */
final class SatelliteReader {
  private final TablesReader model;
  private final List<String> loaded;

  /**
   * @param loaded hubs and links that the table loads
   */
  SatelliteReader(TablesReader model, List<String> loaded) {
    this.model = model;
    this.loaded = loaded;
  }

  Satellite read(String name, Element entry) {
    Names.checked(entry, name);
    Map<String, Element> entries = entry.map(TableGrammar.SATELLITE, List.of());
    Kind kind = kind(entries.get("kind"));
    if (entry.isMap()) {
      entry.needAll(TableGrammar.SATELLITE, entries, kind.id());
    }
    for (Shape.Key key : TableGrammar.SATELLITE.keys()) {
      if (entries.containsKey(key.name()) && !key.isOf(kind.id())) {
        entries.get(key.name()).report(StructureErrors.keyOfOtherKind(key, kind.id()));
      }
    }
    Load load = load(entries.get("load"), kind);
    Satellite satellite =
        new Satellite(
            name,
            parent(entries.get("of")),
            kind,
            Columns.read(entries, "columns"),
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

  private static Kind kind(Element element) {
    List<String> known = Arrays.stream(Kind.values()).map(Kind::id).toList();
    String word = Names.oneOf(element, "kind of satellite", known);
    return word.isEmpty() ? Kind.STANDARD : Kind.values()[known.indexOf(word)];
  }

  private Load load(Element element, Kind kind) {
    Load load = Names.oneOf(element, "load mode", Load.class, model.settings().defaults().load());
    return kind.hasPayload() ? load : Load.INSERT_ONLY;
  }

  private Deletes deletes(Element element, Load load) {
    Deletes deletes =
        Names.oneOf(element, "policy", Deletes.class, model.settings().defaults().deletesOf(load));
    if (element != null && deletes == Deletes.CLOSE && load != Load.SCD2) {
      element.report(StructureErrors.closeWithoutScd2());
    }
    return deletes;
  }

  private String parent(Element of) {
    if (of == null) {
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
