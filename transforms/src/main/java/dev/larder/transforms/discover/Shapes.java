package dev.larder.transforms.discover;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.TableFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells what each table of a database is to a vault. */
final class Shapes {
  private static final int LOOKUP_ROWS = 2_000;
  private static final int LOOKUP_COLUMNS = 2;

  private final Nouns nouns;
  private final Map<String, TableFacts> tables = new LinkedHashMap<>();
  private final Map<String, List<Reference>> references;
  private final Map<String, BusinessKeys.Choice> keys = new LinkedHashMap<>();
  private final Set<String> lookups = new LinkedHashSet<>();

  private Shapes(Collection<TableFacts> tables, Nouns nouns) {
    this.nouns = nouns;
    this.references = References.of(tables, nouns);
    BusinessKeys chosen = new BusinessKeys(references, nouns);
    for (TableFacts table : tables) {
      this.tables.put(table.name(), table);
      keys.put(table.name(), chosen.of(table));
    }
    tables.stream().filter(this::isLookup).forEach(table -> lookups.add(table.name()));
  }

  /** The shape of each table by its name, in the order given. */
  static Map<String, TableShape> of(Collection<TableFacts> tables, Nouns nouns) {
    Shapes shapes = new Shapes(tables, nouns);
    Map<String, TableShape> all = new LinkedHashMap<>();
    tables.forEach(table -> all.put(table.name(), shapes.shape(table)));
    return all;
  }

  private TableShape shape(TableFacts table) {
    List<String> key = keys.get(table.name()).key();
    List<String> notes = new ArrayList<>();
    List<Reference> usable = usable(table, notes);
    if (key.isEmpty()) {
      return new TableShape(TableRole.NONE, key, List.of(), List.of(), List.of(), notes);
    }
    if (lookups.contains(table.name())) {
      notes.add(
          String.format(
              "guess: a list of codes (about %d rows, %d columns)",
              table.rows(), table.columns().size()));
      return new TableShape(TableRole.REFERENCE, key, List.of(), List.of(), List.of(), notes);
    }
    List<Reference> ofKey =
        usable.stream()
            .filter(reference -> !reference.nullable() && isOther(table, reference))
            .filter(reference -> key.containsAll(reference.columns()))
            .toList();
    boolean isReferred = isReferred(table, key);
    if (!ofKey.isEmpty() && !isReferred) {
      return below(table, key, usable, ofKey, notes);
    }
    if (!isReferred && isEvent(table, key, usable)) {
      notes.add(
          "guess: rows are only added: they have a time of their own and none of a change, and"
              + " nothing refers to them");
      return new TableShape(TableRole.EVENT, key, usable, key, List.of(), notes);
    }
    if (!isReferred && isPart(table, key, usable)) {
      notes.add("guess: rows are parts of what the name begins with, numbered by " + key.get(0));
      return new TableShape(TableRole.LINE, key, usable, key, List.of(), notes);
    }
    notes.addAll(keys.get(table.name()).notes());
    return new TableShape(TableRole.HUB, key, usable, List.of(), List.of(), notes);
  }

  /** A table whose key refers to other tables. */
  private TableShape below(
      TableFacts table,
      List<String> key,
      List<Reference> usable,
      List<Reference> ofKey,
      List<String> notes) {
    Set<String> rest = new LinkedHashSet<>(key);
    ofKey.forEach(reference -> reference.columns().forEach(rest::remove));
    List<String> strangers = rest.stream().filter(column -> isStranger(table, column)).toList();
    strangers.forEach(
        column ->
            notes.add(
                String.format(
                    "guess: %s names a thing that has no table in this database", column)));
    List<String> children = rest.stream().filter(column -> !strangers.contains(column)).toList();
    int things = ofKey.size() + strangers.size();
    if (children.isEmpty() && things == 1) {
      return new TableShape(TableRole.EXTENSION, key, usable, children, strangers, notes);
    }
    if (children.isEmpty()) {
      return new TableShape(TableRole.LINK, key, usable, children, strangers, notes);
    }
    boolean isOfOne = things == 1 && usable.size() == 1 && table.columns().size() > key.size();
    if (isOfOne && children.stream().noneMatch(Yaml::isTaken)) {
      notes.add(
          String.format(
              "guess: several rows of one %s are valid side by side, told apart by %s%s",
              nouns.of(ofKey.get(0).target()),
              String.join(", ", children),
              rowsEach(table, ofKey.get(0))));
      return new TableShape(TableRole.MULTI_ACTIVE, key, usable, children, strangers, notes);
    }
    return new TableShape(TableRole.LINE, key, usable, children, strangers, notes);
  }

  /** How many rows there are of one referenced thing, where an index tells. */
  private static String rowsEach(TableFacts table, Reference reference) {
    long things = table.columns().get(reference.columns().get(0)).distinct();
    return reference.columns().size() == 1 && things > 0 && table.rows() > 0
        ? String.format(
            Locale.ROOT, " (about %.1f rows each)", Math.max(1.0, table.rows() / (double) things))
        : "";
  }

  /** References to things, by the key by which the vault knows them; others are explained. */
  private List<Reference> usable(TableFacts table, List<String> notes) {
    List<Reference> usable = new ArrayList<>();
    for (Reference reference : references.get(table.name())) {
      String columns = String.join(", ", reference.columns());
      List<String> known = keys.get(reference.target()).key();
      if (lookups.contains(reference.target())) {
        continue;
      }
      if (!reference.key().equals(known)) {
        notes.add(
            String.format(
                "not linked: %s refers to %s by %s, but its hub's key is %s",
                columns,
                reference.target(),
                String.join(", ", reference.key()),
                String.join(", ", known)));
        continue;
      }
      if (reference.isGuess()) {
        notes.add(TableShape.GUESS + reference.guess());
      }
      usable.add(reference);
    }
    return usable;
  }

  private static boolean isOther(TableFacts table, Reference reference) {
    return !reference.target().equals(table.name());
  }

  private boolean isReferred(TableFacts table, List<String> key) {
    return references.values().stream()
        .flatMap(List::stream)
        .anyMatch(r -> r.target().equals(table.name()) && r.key().equals(key));
  }

  private boolean isStranger(TableFacts table, String column) {
    String noun = Words.noun(column);
    return !noun.isEmpty()
        && !noun.equals(nouns.of(table.name()))
        && !Words.last(nouns.of(table.name())).equals(Words.last(noun))
        && kind(table, column) == Kind.STRING
        && tables.keySet().stream().noneMatch(name -> nouns.of(name).equals(noun));
  }

  private boolean isLookup(TableFacts table) {
    List<String> key = keys.get(table.name()).key();
    List<String> payload =
        table.columns().keySet().stream()
            .filter(c -> !key.contains(c) && !Words.isBookkeeping(c))
            .filter(c -> !table.primaryKey().contains(c))
            .toList();
    boolean refersToOthers =
        references.get(table.name()).stream().anyMatch(reference -> isOther(table, reference));
    boolean isNumbered = key.size() == 1 && table.columns().get(key.get(0)).isNumbered();
    boolean isSmall = table.rows() <= LOOKUP_ROWS && payload.size() <= LOOKUP_COLUMNS;
    boolean isNamed = payload.stream().anyMatch(Words::isLabel);
    boolean isSaid = Words.isLookup(nouns.of(table.name()));
    return key.size() == 1
        && !Yaml.isTaken(key.get(0))
        && !refersToOthers
        && isSmall
        && isNamed
        && (isSaid || !isNumbered && kind(table, key.get(0)) == Kind.STRING);
  }

  private static boolean isEvent(TableFacts table, List<String> key, List<Reference> usable) {
    boolean hasTime =
        table.columns().keySet().stream()
            .anyMatch(column -> isTime(table, column) && !key.contains(column));
    boolean isChanged = table.columns().keySet().stream().anyMatch(Words::isBookkeeping);
    boolean refersToOthers = usable.stream().anyMatch(reference -> isOther(table, reference));
    return key.equals(table.primaryKey())
        && key.size() == 1
        && table.uniqueKeys().isEmpty()
        && refersToOthers
        && hasTime
        && !isChanged
        && Words.isEvent(table.name());
  }

  private boolean isPart(TableFacts table, List<String> key, List<Reference> usable) {
    String noun = nouns.of(table.name());
    return key.equals(table.primaryKey())
        && key.size() == 1
        && usable.size() > 1
        && usable.stream()
            .anyMatch(r -> !r.nullable() && noun.startsWith(nouns.of(r.target()) + "_"));
  }

  /** Whether the column holds a moment and may have its name in the vault. */
  static boolean isTime(TableFacts table, String column) {
    Kind kind = kind(table, column);
    return (kind == Kind.DATETIME || kind == Kind.TIMESTAMP) && !Yaml.isTaken(column);
  }

  private static Kind kind(TableFacts table, String column) {
    ColumnType type =
        table.table().columns().column(table.table().columns().position(column)).type();
    return type.kind();
  }
}
