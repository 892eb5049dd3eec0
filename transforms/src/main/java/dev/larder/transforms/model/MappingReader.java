package dev.larder.transforms.model;

import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.SourceTable.RoleMapping;
import dev.larder.transforms.model.SourceTable.WhenNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how a table's rows give the keys of hubs and links. */
final class MappingReader {
  private static final String WHEN_NULL = "when_null";

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
    Map<String, Element> entries = element.map(TableGrammar.HUB_MAPPING, hub.key());
    for (String part : hub.key()) {
      parts.add(part("key part", part, element, entries));
    }
    return new HubMapping(
        hub.name(),
        parts,
        Names.oneOf(entries.get(WHEN_NULL), "policy", WhenNull.class, WhenNull.REJECT));
  }

  /**
   * @param hubs what the table maps under the hubs' own names
   */
  Map<String, LinkMapping> links(Element element, Map<String, HubMapping> hubs) {
    Map<String, LinkMapping> links = new LinkedHashMap<>();
    if (element.isMap()) {
      element
          .map("")
          .forEach(
              (name, entry) -> {
                Link link = known(name, entry);
                if (link != null) {
                  links.put(name, link(link, entry, hubs));
                }
              });
      return links;
    }
    for (Element entry : element.list("a list or a map of links")) {
      String name = entry.text("the name of a link");
      Link link = name.isEmpty() ? null : known(name, entry);
      if (link != null && !link.child().isEmpty()) {
        entry.report(ModelErrors.partMissing("child key", link.child().get(0)));
      }
      if (links.containsKey(name)) {
        entry.report(ModelErrors.twiceInList(name));
      } else if (link != null) {
        List<RoleMapping> roles = roles(link, entry, Map.of(), hubs);
        links.put(name, new LinkMapping(name, roles, List.of(), ColumnChoice.NONE, null));
      }
    }
    return links;
  }

  private Link known(String name, Element element) {
    Names.known(element, "link", name, model.links().keySet());
    return model.links().get(name);
  }

  private LinkMapping link(Link link, Element element, Map<String, HubMapping> hubs) {
    List<String> known = new ArrayList<>(link.child());
    link.roles().forEach(role -> known.add(role.name()));
    Map<String, Element> entries =
        element.isAbsent() ? Map.of() : element.map(TableGrammar.LINK_MAPPING, known);
    List<KeyExpression> child = new ArrayList<>();
    for (String part : link.child()) {
      child.add(part("child key", part, element, entries));
    }
    for (String key : List.of("columns", "applied")) {
      if (entries.containsKey(key) && link.kind() != Link.Kind.TRANSACTION) {
        entries.get(key).report(StructureErrors.payloadOfRelation(link.name()));
      }
    }
    ColumnChoice columns = Columns.read(entries, "columns");
    if (columns instanceof ColumnChoice.Listed listed) {
      for (ColumnChoice.Taken taken : listed.columns()) {
        if (link.child().contains(taken.name())) {
          entries.get("columns").report(ModelErrors.twiceInList(taken.name()));
        }
        boolean hasCounter = link.corrections() == Link.Corrections.COUNTER;
        if (hasCounter && taken.name().equals(VaultNames.COUNTER)) {
          entries.get("columns").report(ModelErrors.technicalName(taken.name()));
        }
      }
    }
    return new LinkMapping(
        link.name(),
        roles(link, element, entries, hubs),
        child,
        columns,
        Names.text(entries, "applied", "the name of a column", null));
  }

  private List<RoleMapping> roles(
      Link link, Element element, Map<String, Element> entries, Map<String, HubMapping> hubs) {
    List<RoleMapping> roles = new ArrayList<>();
    for (Link.Role role : link.roles()) {
      HubMapping mapping = role(link, role, element, entries.get(role.name()), hubs);
      for (RoleMapping other : roles) {
        if (mapping.equals(other.mapping()) && !mapping.parts().isEmpty()) {
          element.report(StructureErrors.rolesOfOneKey(other.role(), role.name()));
        }
      }
      roles.add(new RoleMapping(role.name(), mapping));
    }
    return roles;
  }

  private HubMapping role(
      Link link, Link.Role role, Element owner, Element element, Map<String, HubMapping> hubs) {
    HubMapping plain = hubs.get(role.hub());
    HubMapping none = new HubMapping(role.hub(), List.of(), WhenNull.REJECT);
    if (!model.hubs().containsKey(role.hub())) {
      return none;
    }
    if (element != null && !(element.isText() && element.text("").equals(role.hub()))) {
      return hub(model.hubs().get(role.hub()), element);
    }
    if (plain == null) {
      (element == null ? owner : element)
          .report(
              role.name().equals(role.hub())
                  ? ModelErrors.hubNotMapped("link \"" + link.name() + "\"", role.hub())
                  : StructureErrors.roleNotMapped(link.name(), role));
    }
    return plain == null ? none : plain;
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
      element.report(ModelErrors.expression(text, e), e.position());
      return new KeyExpression.Text("");
    }
  }
}
