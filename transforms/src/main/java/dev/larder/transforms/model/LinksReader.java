package dev.larder.transforms.model;

import dev.larder.transforms.model.Link.Corrections;
import dev.larder.transforms.model.Link.Kind;
import dev.larder.transforms.model.Link.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code links}. */
final class LinksReader {
  private final Map<String, Hub> hubs;

  LinksReader(Map<String, Hub> hubs) {
    this.hubs = hubs;
  }

  Map<String, Link> read(Element element) {
    Map<String, Link> links = new LinkedHashMap<>();
    if (element != null) {
      element
          .map("a map of links")
          .forEach(
              (name, link) -> {
                if (hubs.containsKey(name)) {
                  link.report(ModelErrors.tableNameTaken(name, "hubs." + name));
                }
                links.put(name, link(name, link));
              });
    }
    return links;
  }

  private Link link(String name, Element element) {
    HubsReader.checkName(name, element);
    Map<String, Element> entries = element.map(Grammar.LINK);
    List<Role> roles = List.of();
    Element joined = entries.get("hubs");
    if (joined != null) {
      roles = joined.isMap() ? named(name, joined) : plain(joined);
    }
    List<String> child =
        entries.containsKey("child") ? HubsReader.key(entries.get("child")) : List.of();
    if (joined != null && (joined.isList() || joined.isMap()) && roles.size() + child.size() < 2) {
      joined.report(StructureErrors.tooFewHubs());
    }
    for (Role role : roles) {
      if (child.contains(role.name())) {
        entries.get("child").report(StructureErrors.childIsRole(role.name()));
      }
    }
    Kind kind = Names.oneOf(entries.get("kind"), "kind of link", Kind.class, Kind.RELATION);
    checkKind(kind, entries.get("kind"), roles);
    return new Link(
        name,
        roles,
        child,
        kind,
        driving(entries.get("driving"), kind, roles),
        corrections(entries.get("corrections"), kind));
  }

  private List<Role> plain(Element element) {
    List<Role> roles = new ArrayList<>();
    for (Element hub : element.list("a list of hubs")) {
      String name = hub.text("the name of a hub");
      if (roles.stream().anyMatch(role -> role.hub().equals(name))) {
        hub.report(StructureErrors.hubTwiceInLink(name));
      } else if (!name.isEmpty()) {
        roles.add(new Role(name, Names.known(hub, "hub", name, hubs.keySet())));
      }
    }
    return roles;
  }

  private List<Role> named(String link, Element element) {
    List<Role> roles = new ArrayList<>();
    element
        .map("")
        .forEach(
            (role, hub) -> {
              HubsReader.checkName(role, hub);
              if (role.equals(link)) {
                hub.report(StructureErrors.roleIsLink(role));
              }
              String name = hub.text("the name of a hub");
              roles.add(new Role(role, Names.known(hub, "hub", name, hubs.keySet())));
            });
    return roles;
  }

  private static void checkKind(Kind kind, Element element, List<Role> roles) {
    boolean isOfOneHub = kind == Kind.HIERARCHY || kind == Kind.SAME_AS;
    if (isOfOneHub
        && !roles.isEmpty()
        && (roles.size() != 2 || !roles.get(0).hub().equals(roles.get(1).hub()))) {
      element.report(StructureErrors.twoRolesNeeded(element.text("")));
    }
  }

  private static List<String> driving(Element element, Kind kind, List<Role> roles) {
    if (element == null) {
      return List.of();
    }
    if (kind == Kind.TRANSACTION) {
      element.report(StructureErrors.drivingOfTransaction());
    }
    List<String> known = roles.stream().map(Role::name).toList();
    List<String> driving = element.texts("a hub or role, or a list of them");
    for (String role : driving) {
      Names.known(element, "hub or role of the link", role, known);
    }
    return driving;
  }

  private static Corrections corrections(Element element, Kind kind) {
    if (element != null && kind != Kind.TRANSACTION) {
      element.report(StructureErrors.correctionsOfRelation());
    }
    return Names.oneOf(element, "policy", Corrections.class, Corrections.IGNORE);
  }
}
