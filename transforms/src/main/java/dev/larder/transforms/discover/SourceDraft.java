package dev.larder.transforms.discover;

import dev.larder.io.changes.TableFacts;
import dev.larder.io.changes.TableFacts.Comparison;
import dev.larder.transforms.discover.DraftTable.DraftSatellite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drafts what the tables of one source feed. */
final class SourceDraft {
  private static final String NO_KEY =
      "it has no primary or unique key by which its rows could be told apart; add one, or declare"
          + " key: [COLUMN, ...] here";

  private final DiscoveredSource source;
  private final List<TableFacts> tables;
  private final Nouns nouns;
  private final Map<String, TableShape> shapes;
  private final DraftNames names;
  private final DraftNames satellites;
  private final Map<String, DraftHub> hubs;
  private final Map<String, DraftLink> links;

  /** The hub of a table by the table's name, and of a thing without a table by its noun. */
  private final Map<String, String> hubOf = new LinkedHashMap<>();

  SourceDraft(
      DiscoveredSource source,
      List<TableFacts> tables,
      Nouns nouns,
      Map<String, TableShape> shapes,
      DraftNames names,
      DraftNames satellites,
      Map<String, DraftHub> hubs,
      Map<String, DraftLink> links) {
    this.source = source;
    this.tables = tables;
    this.nouns = nouns;
    this.shapes = shapes;
    this.names = names;
    this.satellites = satellites;
    this.hubs = hubs;
    this.links = links;
  }

  /** Adds the hubs, so that tables may refer to each other in any order. */
  void hubs() {
    for (TableFacts table : tables) {
      TableShape shape = shapes.get(table.name());
      if (shape.role() == TableRole.HUB) {
        String name = names.unique(nouns.of(table.name()), source.name());
        hubOf.put(table.name(), name);
        hubs.put(name, hub(name, table, shape));
      }
      for (String stranger : shape.strangers()) {
        String noun = Words.noun(stranger);
        if (!hubOf.containsKey(noun)) {
          String name = names.unique(noun, source.name());
          hubOf.put(noun, name);
          String part = Yaml.name(Words.snake(stranger).substring(noun.length() + 1));
          hubs.put(
              name,
              new DraftHub(
                  name,
                  List.of(part),
                  normal(table, List.of(stranger)),
                  List.of(
                      String.format(
                          "guess: %s.%s names it; it has no table in %s",
                          table.name(), stranger, source.database()))));
        }
      }
    }
  }

  private DraftHub hub(String name, TableFacts table, TableShape shape) {
    List<String> notes = new ArrayList<>();
    String normal = normal(table, shape.key());
    if (!normal.isEmpty()) {
      notes.add(
          String.format(
              "guess: normal: %s, since the database compares %s so",
              normal, String.join(", ", shape.key())));
    }
    return new DraftHub(name, parts(shape.key()), normal, notes);
  }

  private static List<String> parts(List<String> key) {
    return key.stream().map(Yaml::name).toList();
  }

  /** As loosely as the database compares, so that a key has one hash however it is spelled. */
  private static String normal(TableFacts table, List<String> key) {
    Comparison loosest =
        key.stream()
            .map(column -> table.columns().get(column).comparison())
            .max(Comparison::compareTo)
            .orElse(Comparison.EXACT);
    return switch (loosest) {
      case EXACT -> "";
      case WITHOUT_CASE -> "upper";
      case WITHOUT_CASE_OR_TRAILING_SPACES -> "upper_trim";
    };
  }

  DraftTable table(TableFacts table) {
    TableShape shape = shapes.get(table.name());
    if (shape.role() == TableRole.NONE) {
      return leftOut(source, table, NO_KEY);
    }
    DraftTable draft = new DraftTable(source.name() + "." + table.name(), about(table));
    draft.notes.addAll(shape.notes());
    switch (shape.role()) {
      case HUB -> thing(table, shape, draft);
      case EXTENSION -> extension(table, shape, draft);
      case LINK, LINE -> between(table, shape, draft);
      case MULTI_ACTIVE -> multiActive(table, shape, draft);
      case EVENT -> event(table, shape, draft);
      case REFERENCE -> reference(table, shape, draft);
      case NONE -> throw new IllegalStateException(draft.id);
    }
    return draft;
  }

  static DraftTable leftOut(DiscoveredSource source, TableFacts table, String reason) {
    DraftTable draft = new DraftTable(source.name() + "." + table.name(), about(table));
    draft.leftOut = reason;
    return draft;
  }

  private static String about(TableFacts table) {
    String comment = table.comment().replaceAll("\\s+", " ").strip();
    return String.format(
        java.util.Locale.ROOT,
        "about %,d row%s%s",
        table.rows(),
        table.rows() == 1 ? "" : "s",
        comment.isEmpty() ? "" : ": " + comment);
  }

  private void thing(TableFacts table, TableShape shape, DraftTable draft) {
    String own = hubOf.get(table.name());
    draft.entries.put(own, mapping(parts(shape.key()), shape.key(), false));
    Set<String> linked = drivenLinks(own, shape, shape.references(), draft);
    satellite(own, own + "_" + source.name(), table, shape.key(), linked, draft, Map.of());
  }

  private void extension(TableFacts table, TableShape shape, DraftTable draft) {
    Reference parent = parent(shape);
    String own = hubOf.get(parent.target());
    draft.entries.put(own, mapping(hubs.get(own).parts(), parent.columns(), false));
    List<Reference> others = shape.references().stream().filter(r -> r != parent).toList();
    Set<String> linked = drivenLinks(own, shape, others, draft);
    String name = nouns.of(table.name()) + "_" + source.name();
    satellite(own, name, table, shape.key(), linked, draft, Map.of());
  }

  private void multiActive(TableFacts table, TableShape shape, DraftTable draft) {
    Reference parent = parent(shape);
    String own = hubOf.get(parent.target());
    draft.entries.put(own, mapping(hubs.get(own).parts(), parent.columns(), false));
    Map<String, String> more = new LinkedHashMap<>();
    more.put("kind", "multi_active");
    more.put("child", Yaml.list(shape.children()));
    more.put("grain", "row");
    String name = nouns.of(table.name()) + "_" + source.name();
    satellite(own, name, table, shape.key(), Set.of(), draft, more);
  }

  /** The reference by which the key begins. */
  private static Reference parent(TableShape shape) {
    return shape.references().stream()
        .filter(reference -> shape.key().containsAll(reference.columns()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A link from a hub to each thing that its table refers to.
   *
   * @return the columns that the links read
   */
  private Set<String> drivenLinks(
      String own, TableShape shape, List<Reference> references, DraftTable draft) {
    Set<String> linked = new LinkedHashSet<>();
    for (Reference reference : references) {
      String hub = hubOf.get(reference.target());
      boolean isSelf = hub.equals(own);
      boolean isPlain = reference.role().equals(hub) && !isSelf && !draft.entries.containsKey(hub);
      String role = isPlain ? hub : role(reference, own, hub);
      Map<String, String> roles = new LinkedHashMap<>();
      roles.put(own, own);
      roles.put(role, hub);
      String name = names.unique(own + "_" + role, source.name());
      links.put(name, new DraftLink(name, roles, List.of(), isSelf ? "hierarchy" : "", own));
      String mapping = mapping(hubs.get(hub).parts(), reference.columns(), reference.nullable());
      if (isPlain) {
        draft.entries.put(hub, mapping);
        draft.links.put(name, "{}");
      } else {
        draft.links.put(name, "{" + role + ": " + asMap(hub, reference, mapping) + "}");
      }
      if (!shape.key().containsAll(reference.columns())) {
        draft.satellites.put(
            satellites.unique(name + "_eff", source.name()),
            new DraftSatellite(
                name, Map.of("kind", "effectivity"), List.of(), List.of(), List.of()));
      }
      linked.addAll(reference.columns());
    }
    return linked;
  }

  private static String role(Reference reference, String own, String hub) {
    String role = Yaml.name(reference.role());
    return role.equals(own) || role.equals(hub) ? "other_" + hub : role;
  }

  private String asMap(String hub, Reference reference, String mapping) {
    return mapping.startsWith("{")
        ? mapping
        : "{"
            + hubs.get(hub).parts().get(0)
            + ": "
            + Yaml.expression(reference.columns().get(0))
            + "}";
  }

  private void between(TableFacts table, TableShape shape, DraftTable draft) {
    String name = names.unique(nouns.of(table.name()), source.name());
    Map<String, String> mappings = new LinkedHashMap<>();
    Set<String> linked = join(name, "", shape, draft, mappings);
    draft.links.put(name, Yaml.map(mappings));
    satellite(name, name + "_" + source.name(), table, shape.key(), linked, draft, Map.of());
  }

  private void event(TableFacts table, TableShape shape, DraftTable draft) {
    String name = names.unique(nouns.of(table.name()), source.name());
    draft.entries.put("load", "dedup");
    Map<String, String> mappings = new LinkedHashMap<>();
    Set<String> linked = join(name, "transaction", shape, draft, mappings);
    List<String> times =
        table.columns().keySet().stream()
            .filter(column -> Shapes.isTime(table, column) && !shape.key().contains(column))
            .toList();
    List<String> payload =
        payload(table, shape.key(), linked).stream().filter(c -> !c.equals(times.get(0))).toList();
    if (!payload.isEmpty()) {
      mappings.put("columns", Yaml.list(payload));
    }
    mappings.put("applied", Yaml.text(times.get(0)));
    draft.links.put(name, Yaml.map(mappings));
  }

  /**
   * Adds a link of all that a row refers to.
   *
   * @param mappings takes what the link's mapping has to say
   * @return the columns that the link reads
   */
  private Set<String> join(
      String name, String kind, TableShape shape, DraftTable draft, Map<String, String> mappings) {
    Map<String, String> roles = new LinkedHashMap<>();
    Set<String> linked = new LinkedHashSet<>();
    for (Reference reference : shape.references()) {
      String hub = hubOf.get(reference.target());
      String mapping = mapping(hubs.get(hub).parts(), reference.columns(), reference.nullable());
      boolean isFree = !draft.entries.containsKey(hub) && !roles.containsKey(hub);
      if (reference.role().equals(hub) && isFree) {
        roles.put(hub, hub);
        draft.entries.put(hub, mapping);
      } else {
        String role = free(role(reference, name, hub), roles);
        roles.put(role, hub);
        mappings.put(role, asMap(hub, reference, mapping));
      }
      linked.addAll(reference.columns());
    }
    for (String stranger : shape.strangers()) {
      String hub = hubOf.get(Words.noun(stranger));
      roles.put(free(hub, roles), hub);
      draft.entries.put(hub, Yaml.expression(stranger));
      linked.add(stranger);
    }
    List<String> child = new ArrayList<>();
    for (String column : shape.children()) {
      String part = Yaml.name(column.equals("id") ? name + "_id" : column);
      part = roles.containsKey(part) ? part + "_no" : part;
      child.add(part);
      mappings.put(part, Yaml.expression(column));
    }
    links.put(name, new DraftLink(name, roles, child, kind, ""));
    return linked;
  }

  private static String free(String wanted, Map<String, String> taken) {
    String name = wanted;
    for (int i = 2; taken.containsKey(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private void reference(TableFacts table, TableShape shape, DraftTable draft) {
    String name = names.unique(nouns.of(table.name()), source.name());
    draft.entries.put("reference", name);
    draft.entries.put("key", Yaml.text(shape.key().get(0)));
    draft.entries.put("columns", Yaml.list(payload(table, shape.key(), Set.of())));
  }

  private static String mapping(List<String> parts, List<String> columns, boolean isOptional) {
    if (parts.size() == 1 && !isOptional) {
      return Yaml.expression(columns.get(0));
    }
    Map<String, String> mapping = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      mapping.put(parts.get(i), Yaml.expression(columns.get(i)));
    }
    if (isOptional) {
      mapping.put("when_null", "unknown");
    }
    return Yaml.map(mapping);
  }

  private void satellite(
      String parent,
      String name,
      TableFacts table,
      List<String> key,
      Set<String> linked,
      DraftTable draft,
      Map<String, String> more) {
    List<String> columns = payload(table, key, linked);
    List<String> untracked =
        table.columns().keySet().stream()
            .filter(column -> Words.isBookkeeping(column) && !key.contains(column))
            .toList();
    if (columns.isEmpty()) {
      return;
    }
    List<String> personal =
        columns.stream().filter(column -> Words.isPersonal(table.name(), column)).toList();
    draft.satellites.put(
        satellites.unique(name, source.name()),
        new DraftSatellite(parent, more, columns, untracked, personal));
    nulls(table, columns, draft);
  }

  /** What is left of a row once keys are taken out, in the table's order. */
  private static List<String> payload(TableFacts table, List<String> key, Set<String> linked) {
    return table.columns().keySet().stream()
        .filter(column -> !key.contains(column) && !linked.contains(column))
        .filter(column -> !Words.isBookkeeping(column) && !Yaml.isTaken(column))
        .toList();
  }

  private static void nulls(TableFacts table, List<String> columns, DraftTable draft) {
    List<String> empty =
        columns.stream().filter(column -> table.columns().get(column).nullShare() >= 1).toList();
    if (!empty.isEmpty()) {
      draft.notes.add(
          "guess: maybe unused, always NULL in the rows that were looked at: "
              + String.join(", ", empty));
    }
  }
}
