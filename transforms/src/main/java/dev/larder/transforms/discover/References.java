package dev.larder.transforms.discover;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.TableFacts;
import dev.larder.io.changes.TableFacts.ForeignKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds what the tables of one database refer to: declared foreign keys, and guessed ones. */
final class References {
  private final Map<String, TableFacts> tables = new TreeMap<>();
  private final Map<String, List<Reference>> found = new LinkedHashMap<>();

  private final Nouns nouns;

  private References(Collection<TableFacts> tables, Nouns nouns) {
    this.nouns = nouns;
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  /**
   * The references of each table by its name, in the order of its columns.
   *
   * @param tables all of one database
   */
  static Map<String, List<Reference>> of(Collection<TableFacts> tables, Nouns nouns) {
    References references = new References(tables, nouns);
    for (TableFacts table : tables) {
      List<Reference> list = new ArrayList<>();
      references.found.put(table.name(), list);
      references.declared(table, list);
      references.sameNames(table, list);
      references.namedAfter(table, list);
      references.parents(table, list);
      List<String> columns = table.table().columns().names();
      list.sort(Comparator.comparing(reference -> columns.indexOf(reference.columns().get(0))));
    }
    return references.found;
  }

  /** Keys that another table could refer to. */
  static List<List<String>> keys(TableFacts table) {
    List<List<String>> keys = new ArrayList<>();
    if (!table.primaryKey().isEmpty()) {
      keys.add(table.primaryKey());
    }
    keys.addAll(table.uniqueKeys());
    return keys;
  }

  private void declared(TableFacts table, List<Reference> out) {
    for (ForeignKey key : table.foreignKeys()) {
      TableFacts target = tables.get(key.table());
      if (target != null) {
        out.add(reference(table, key.columns(), target, key.referenced(), ""));
      }
    }
  }

  /** Columns with the very names of another table's key: {@code sku}, {@code order_id}. */
  private void sameNames(TableFacts table, List<Reference> out) {
    Set<List<String>> tried = new HashSet<>();
    for (TableFacts owner : tables.values()) {
      for (List<String> key : keys(owner)) {
        boolean isMeant =
            owner != table
                && tried.add(key)
                && table.columns().keySet().containsAll(key)
                && key.stream().noneMatch(column -> Words.isPersonal(owner.name(), column))
                && !(key.size() == 1 && Words.isGeneric(key.get(0)))
                && isFree(key, out);
        if (isMeant) {
          TableFacts target = owner(key);
          if (target != table && comparable(table, key, target, key)) {
            out.add(
                reference(
                    table,
                    key,
                    target,
                    key,
                    String.format(
                        "no foreign key says that %s refers to %s, which has a key named so",
                        String.join(", ", key), target.name())));
          }
        }
      }
    }
  }

  /** Of tables with a key of the same names, the one that the name is made of, or the first. */
  private TableFacts owner(List<String> key) {
    List<TableFacts> owners =
        tables.values().stream().filter(table -> keys(table).contains(key)).toList();
    return owners.stream()
        .filter(
            table ->
                key.stream().anyMatch(column -> Words.noun(column).equals(nouns.of(table.name()))))
        .findFirst()
        .orElseGet(
            () ->
                owners.stream()
                    .min(Comparator.comparing(table -> table.name().length()))
                    .orElseThrow());
  }

  /**
   * {@code customer_id} for {@code customers.id}, {@code vendor_vat} for {@code vendors.vat_no}.
   */
  private void namedAfter(TableFacts table, List<Reference> out) {
    for (String column : table.columns().keySet()) {
      if (!isFree(List.of(column), out) || Words.noun(column).isEmpty() && !hasTokens(column)) {
        continue;
      }
      for (TableFacts target : tables.values()) {
        List<String> key = singleKeyNamedBy(column, target);
        boolean isOwnKey = target == table && table.primaryKey().equals(List.of(column));
        if (!key.isEmpty() && !isOwnKey && comparable(table, List.of(column), target, key)) {
          out.add(
              reference(
                  table,
                  List.of(column),
                  target,
                  key,
                  String.format(
                      "no foreign key says that %s refers to %s.%s",
                      column, target.name(), key.get(0))));
          break;
        }
      }
    }
  }

  private static boolean hasTokens(String column) {
    return Words.tokens(column).size() > 1;
  }

  private List<String> singleKeyNamedBy(String column, TableFacts target) {
    String name = Words.snake(column);
    String singular = nouns.of(target.name());
    for (List<String> key : keys(target)) {
      if (key.size() != 1 || target.columns().containsKey(column) && key.contains(column)) {
        continue;
      }
      String part = Words.snake(key.get(0));
      String full = part.startsWith(singular + "_") ? part : singular + "_" + part;
      boolean isFull = name.equals(full) || name.endsWith("_" + full);
      String first = Words.tokens(part).get(0);
      boolean isShort = !Words.isGeneric(first) && name.equals(singular + "_" + first);
      if (isFull || isShort) {
        return key;
      }
    }
    return List.of();
  }

  /**
   * {@code parent_id} for the table's own {@code id}, {@code parent_code} for a part of its key.
   */
  private void parents(TableFacts table, List<Reference> out) {
    for (List<String> key : keys(table)) {
      Map<String, List<String>> byRole = new LinkedHashMap<>();
      for (String column : table.columns().keySet()) {
        String role = Words.tokens(column).get(0);
        String name = Words.snake(column);
        String rest = name.substring(Math.min(role.length() + 1, name.length()));
        int part = partNamed(table, key, rest);
        if (Words.isParent(role) && part >= 0 && isFree(List.of(column), out)) {
          byRole.computeIfAbsent(role, r -> new ArrayList<>(key)).set(part, column);
        }
      }
      byRole
          .values()
          .forEach(
              columns -> {
                if (comparable(table, columns, table, key)) {
                  out.add(
                      reference(
                          table,
                          columns,
                          table,
                          key,
                          "no foreign key says that "
                              + String.join(", ", columns)
                              + " refers to another row of the table"));
                }
              });
    }
  }

  private int partNamed(TableFacts table, List<String> key, String rest) {
    for (int i = 0; i < key.size(); i++) {
      String part = Words.snake(key.get(i));
      String singular = nouns.of(table.name());
      if (rest.equals(part) || rest.equals(singular + "_" + part)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isFree(List<String> columns, List<Reference> taken) {
    return taken.stream().noneMatch(other -> other.columns().containsAll(columns));
  }

  private Reference reference(
      TableFacts table, List<String> columns, TableFacts target, List<String> key, String guess) {
    boolean nullable = columns.stream().anyMatch(column -> column(table, column).nullable());
    return new Reference(columns, target.name(), key, role(columns, target), nullable, guess);
  }

  /**
   * What the referenced row is to this one: {@code billing} for {@code billing_address_id}; the
   * table's own name where the columns say no more.
   */
  private String role(List<String> columns, TableFacts target) {
    String singular = nouns.of(target.name());
    for (String column : columns) {
      String name = Words.snake(column);
      String first = Words.tokens(column).get(0);
      int at = name.indexOf("_" + singular);
      if (at > 0) {
        return name.substring(0, at);
      }
      if (Words.isParent(first)) {
        return first;
      }
    }
    String noun = columns.size() == 1 ? Words.noun(columns.get(0)) : "";
    boolean isOtherWord = !noun.isEmpty() && !singular.endsWith(noun) && !noun.endsWith(singular);
    return isOtherWord ? noun : singular;
  }

  private static boolean comparable(
      TableFacts table, List<String> columns, TableFacts target, List<String> key) {
    for (int i = 0; i < columns.size(); i++) {
      Kind left = kind(column(table, columns.get(i)));
      if (left != kind(column(target, key.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static Column column(TableFacts table, String name) {
    return table.table().columns().column(table.table().columns().position(name));
  }

  /** Whole numbers are of one kind, however wide. */
  private static Kind kind(Column column) {
    boolean isWhole = column.type().kind() == Kind.DECIMAL && column.type().scale() == 0;
    return isWhole ? Kind.INT : column.type().kind();
  }
}
