package dev.larder.transforms.model;

import dev.larder.transforms.model.Bridge.Leg;
import dev.larder.transforms.model.Link.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the entries of {@code bridges}. */
final class BridgeReader {
  private final TablesReader model;
  private final Map<String, Snapshot> snapshots;

  BridgeReader(TablesReader model, Map<String, Snapshot> snapshots) {
    this.model = model;
    this.snapshots = snapshots;
  }

  Bridge read(String name, Element element) {
    Map<String, Element> entries = element.map(HelperGrammar.BRIDGE);
    List<Element> walk = List.of();
    if (entries.containsKey("walk")) {
      walk = entries.get("walk").list("a list of hubs and links");
      if (walk.size() < 3 || walk.size() % 2 == 0) {
        entries.get("walk").report(StructureErrors.walkTooShort());
        walk = List.of();
      }
    }
    String start = walk.isEmpty() ? "" : hub(walk.get(0));
    List<Leg> legs = new ArrayList<>();
    String at = start;
    for (int i = 1; i < walk.size(); i += 2) {
      String to = hub(walk.get(i + 1));
      Leg leg = leg(at, walk.get(i), to);
      if (leg != null) {
        legs.add(leg);
      }
      at = to;
    }
    return new Bridge(
        name,
        start,
        legs,
        with(entries.get("with"), start, legs),
        HelpersReader.snapshot(entries, snapshots));
  }

  private String hub(Element element) {
    String name = element.text("the name of a hub");
    return Names.known(element, "hub", name, model.hubs().keySet());
  }

  /** Null, and reported, if the link does not join the hubs. */
  private Leg leg(String from, Element element, String to) {
    String text = element.text("the name of a link");
    int dot = text.indexOf('.');
    String name = dot < 0 ? text : text.substring(0, dot);
    Names.known(element, "link", name, model.links().keySet());
    Link link = model.links().get(name);
    if (link == null || !model.hubs().containsKey(from) || !model.hubs().containsKey(to)) {
      return null;
    }
    for (String hub : List.of(from, to)) {
      if (!link.hubs().contains(hub)) {
        element.report(StructureErrors.walkDoesNotConnect(name, hub, link.hubs()));
        return null;
      }
    }
    List<Role> ends = rolesOf(link, to);
    if (dot >= 0) {
      String role = text.substring(dot + 1);
      Names.known(element, "role of hub " + to, role, ends.stream().map(Role::name).toList());
      ends = ends.stream().filter(end -> end.name().equals(role)).toList();
    }
    return step(element, link, rolesOf(link, from), ends, to);
  }

  private static Leg step(
      Element element, Link link, List<Role> starts, List<Role> ends, String to) {
    List<Leg> legs = new ArrayList<>();
    for (Role start : starts) {
      for (Role end : ends) {
        if (!start.equals(end)) {
          legs.add(new Leg(link.name(), start.name(), end.name(), to));
        }
      }
    }
    if (legs.size() > 1) {
      List<String> roles = rolesOf(link, to).stream().map(Role::name).toList();
      element.report(StructureErrors.walkAmbiguous(link.name(), to, roles));
    } else if (legs.isEmpty() && !ends.isEmpty()) {
      element.report(StructureErrors.walkOnlyOnce(link.name(), to, link.hubs()));
    }
    return legs.isEmpty() ? null : legs.get(0);
  }

  private static List<Role> rolesOf(Link link, String hub) {
    return link.roles().stream().filter(role -> role.hub().equals(hub)).toList();
  }

  private List<String> with(Element element, String start, List<Leg> legs) {
    if (element == null) {
      return List.of();
    }
    Set<String> hubs = new LinkedHashSet<>(List.of(start));
    legs.forEach(leg -> hubs.add(leg.hub()));
    List<String> links = element.texts("a link or a list of links");
    for (String name : links) {
      Names.known(element, "link", name, model.links().keySet());
      Link link = model.links().get(name);
      if (link != null && !legs.isEmpty() && link.hubs().stream().noneMatch(hubs::contains)) {
        element.report(StructureErrors.withDoesNotConnect(name, link.hubs()));
      }
    }
    return links;
  }
}
