package dev.larder.transforms.model;

import dev.larder.transforms.hash.Normalisation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code hubs}. */
final class HubsReader {

  Map<String, Hub> read(Element element) {
    Map<String, Hub> hubs = new LinkedHashMap<>();
    if (element != null) {
      element.map("a map of hubs").forEach((name, hub) -> hubs.put(name, hub(name, hub)));
    }
    return hubs;
  }

  private static Hub hub(String name, Element element) {
    checkName(name, element);
    if (!element.isMap()) {
      return new Hub(name, key(element), Normalisation.NONE);
    }
    Map<String, Element> entries = element.map(Grammar.HUB);
    return new Hub(
        name,
        entries.containsKey("key") ? key(entries.get("key")) : List.of(),
        Names.oneOf(
            entries.get("normal"), "normalisation", Normalisation.class, Normalisation.NONE));
  }

  /** Names of a hub's key parts, or of a link's child keys. */
  static List<String> key(Element element) {
    List<String> parts = element.texts("a name or a list of names");
    for (String part : parts) {
      Names.checked(element, part);
      if (VaultNames.technical().contains(part)) {
        element.report(ModelErrors.reserved(part));
      }
    }
    return parts;
  }

  /** Checks the name of a hub, link or role: it must not mean something else in tables. */
  static void checkName(String name, Element element) {
    Names.checked(element, name);
    if (TableGrammar.TABLE.names().contains(name)) {
      element.report(ModelErrors.reserved(name));
    }
  }
}
