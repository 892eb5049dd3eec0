package dev.larder.transforms.model;

import dev.larder.transforms.hash.Normalisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code hubs} and {@code links}: what the business has. */
final class BusinessReader {
  private static final List<String> NORMALS =
      Arrays.stream(Normalisation.values()).map(Normalisation::id).toList();
  private static final List<String> KINDS = List.of("relation", "transaction");
  private static final Set<String> RESERVED = Set.copyOf(TablesReader.KEYS);

  Map<String, Hub> hubs(Element element) {
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
    Map<String, Element> entries =
        element.map("", List.of("key", "normal"), Set.of("columns", "when_null"));
    if (!entries.containsKey("key")) {
      element.report(ModelErrors.missing("key", "Add key: NAME or key: [NAME, ...]."));
      return new Hub(name, List.of(), Normalisation.NONE);
    }
    String normal = Names.oneOf(entries.get("normal"), "normalisation", NORMALS, Set.of());
    return new Hub(
        name,
        key(entries.get("key")),
        normal.isEmpty()
            ? Normalisation.NONE
            : Normalisation.valueOf(normal.toUpperCase(Locale.ROOT)));
  }

  private static List<String> key(Element element) {
    List<String> parts = element.texts("a name or a list of names");
    for (String part : parts) {
      Names.checked(element, part);
      if (VaultNames.technical().contains(part)) {
        element.report(ModelErrors.reserved(part));
      }
    }
    return parts;
  }

  Map<String, Link> links(Element element, Map<String, Hub> hubs) {
    Map<String, Link> links = new LinkedHashMap<>();
    if (element != null) {
      element
          .map("a map of links")
          .forEach(
              (name, link) -> {
                if (hubs.containsKey(name)) {
                  link.report(ModelErrors.tableNameTaken(name, "hubs." + name));
                }
                links.put(name, link(name, link, hubs));
              });
    }
    return links;
  }

  private static Link link(String name, Element element, Map<String, Hub> hubs) {
    checkName(name, element);
    Map<String, Element> entries =
        element.map(
            "a map like {hubs: [HUB, HUB]}",
            List.of("hubs", "child", "kind"),
            Set.of("driving", "same_as", "hierarchy", "roles"));
    List<String> joined = List.of();
    Element joinedHubs = entries.get("hubs");
    if (joinedHubs != null) {
      joined = joined(joinedHubs, hubs);
    } else if (element.isMap()) {
      element.report(ModelErrors.missing("hubs", "Add hubs: [HUB, HUB]."));
    }
    List<String> child = entries.containsKey("child") ? key(entries.get("child")) : List.of();
    if (joinedHubs != null && joinedHubs.isList() && joined.size() + child.size() < 2) {
      joinedHubs.report(ModelErrors.tooFewHubs());
    }
    String kind =
        Names.oneOf(entries.get("kind"), "kind of link", KINDS, Set.of("hierarchy", "same_as"));
    return new Link(
        name,
        joined,
        child,
        kind.equals("transaction") ? Link.Kind.TRANSACTION : Link.Kind.RELATION);
  }

  private static List<String> joined(Element element, Map<String, Hub> hubs) {
    if (element.isMap()) {
      element.report(
          ModelErrors.notSupportedYet("hubs with roles", List.of("a list of hubs, each once")));
      return List.of();
    }
    List<String> known = List.copyOf(hubs.keySet());
    List<String> joined = new ArrayList<>();
    for (Element hub : element.list("a list of hubs")) {
      String name = hub.text("the name of a hub");
      if (joined.contains(name)) {
        hub.report(ModelErrors.hubTwiceInLink(name));
      } else if (!name.isEmpty()) {
        if (!known.contains(name)) {
          hub.report(ModelErrors.unknown("hub", name, known));
        }
        joined.add(name);
      }
    }
    return joined;
  }

  private static void checkName(String name, Element element) {
    Names.checked(element, name);
    if (RESERVED.contains(name)) {
      element.report(ModelErrors.reserved(name));
    }
  }
}
