package dev.larder.transforms.model;

import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.SourceTable.WhenNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads how a table's rows give the keys of hubs and links. */
final class MappingReader {
  private static final String WHEN_NULL = "when_null";
  private static final List<String> WHEN_NULLS = List.of("reject", "unknown", "error");

  private final TablesReader model;

  MappingReader(TablesReader model) {
    this.model = model;
  }

  HubMapping hub(Hub hub, Element element) {
    List<KeyExpression> parts = new ArrayList<>();
    if (!element.isMap()) {
      String text = element.text("a column, an expression or a map of key parts");
      if (hub.key().size() > 1 && !text.isEmpty()) {
        element.report(ModelErrors.partsNeeded(hub.name(), hub.key()));
      } else if (!text.isEmpty()) {
        parts.add(expression(element, text));
      }
      return new HubMapping(hub.name(), parts, WhenNull.REJECT);
    }
    List<String> known = new ArrayList<>(hub.key());
    known.add(WHEN_NULL);
    Map<String, Element> entries = element.map("", known, Set.of());
    for (String part : hub.key()) {
      parts.add(part("key part", part, element, entries));
    }
    String policy = Names.oneOf(entries.get(WHEN_NULL), "policy", WHEN_NULLS, Set.of());
    return new HubMapping(
        hub.name(),
        parts,
        policy.isEmpty() ? WhenNull.REJECT : WhenNull.valueOf(policy.toUpperCase(Locale.ROOT)));
  }

  Map<String, LinkMapping> links(Element element, Set<String> mappedHubs) {
    Map<String, LinkMapping> links = new LinkedHashMap<>();
    if (element.isMap()) {
      element
          .map("")
          .forEach(
              (name, entry) -> {
                Link link = known(name, entry, mappedHubs);
                if (link != null) {
                  links.put(name, link(link, entry));
                }
              });
      return links;
    }
    for (Element entry : element.list("a list or a map of links")) {
      String name = entry.text("the name of a link");
      Link link = name.isEmpty() ? null : known(name, entry, mappedHubs);
      if (link != null && !link.child().isEmpty()) {
        entry.report(ModelErrors.partMissing("child key", link.child().get(0)));
      }
      if (links.containsKey(name)) {
        entry.report(ModelErrors.twiceInList(name));
      } else if (link != null) {
        links.put(name, new LinkMapping(name, List.of(), ColumnChoice.NONE, null));
      }
    }
    return links;
  }

  private Link known(String name, Element element, Set<String> mappedHubs) {
    Link link = model.links().get(name);
    if (link == null) {
      element.report(ModelErrors.unknown("link", name, model.links().keySet()));
      return null;
    }
    for (String hub : link.hubs()) {
      if (model.hubs().containsKey(hub) && !mappedHubs.contains(hub)) {
        element.report(ModelErrors.hubNotMapped("link \"" + name + "\"", hub));
      }
    }
    return link;
  }

  private static LinkMapping link(Link link, Element element) {
    List<String> known =
        Stream.concat(link.child().stream(), Stream.of("columns", "applied")).toList();
    Map<String, Element> entries =
        element.isAbsent() ? Map.of() : element.map("a map of child keys", known, Set.of());
    List<KeyExpression> child = new ArrayList<>();
    for (String part : link.child()) {
      child.add(part("child key", part, element, entries));
    }
    for (String key : List.of("columns", "applied")) {
      if (entries.containsKey(key) && link.kind() != Link.Kind.TRANSACTION) {
        entries.get(key).report(ModelErrors.payloadOfRelation(link.name()));
      }
    }
    Element applied = entries.get("applied");
    return new LinkMapping(
        link.name(),
        child,
        entries.containsKey("columns") ? Columns.read(entries.get("columns")) : ColumnChoice.NONE,
        applied == null ? null : applied.text("the name of a column"));
  }

  private static KeyExpression part(
      String what, String part, Element owner, Map<String, Element> entries) {
    Element element = entries.get(part);
    if (element == null) {
      if (owner.isMap() || owner.isAbsent()) {
        owner.report(ModelErrors.partMissing(what, part));
      }
      return new KeyExpression.Text("");
    }
    return expression(element, element.text("a column or an expression"));
  }

  private static KeyExpression expression(Element element, String text) {
    if (text.isEmpty()) {
      return new KeyExpression.Text("");
    }
    try {
      return KeyExpression.parse(text);
    } catch (KeyExpressionException e) {
      element.report(ModelErrors.expression(text, e));
      return new KeyExpression.Text("");
    }
  }
}
