package dev.larder.transforms.discover;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.TableFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the key of each table by which the business knows its rows: a unique key rather than a
 * number that the database gave, unless other tables refer by the number.
 */
final class BusinessKeys {
  private final Map<String, List<Reference>> references;
  private final Nouns nouns;

  /** A key and why it was chosen. */
  record Choice(List<String> key, List<String> notes) {}

  BusinessKeys(Map<String, List<Reference>> references, Nouns nouns) {
    this.references = references;
    this.nouns = nouns;
  }

  Choice of(TableFacts table) {
    List<List<String>> keys = References.keys(table);
    if (keys.isEmpty()) {
      return new Choice(table.table().key(), List.of());
    }
    List<String> natural = natural(table);
    Map<List<String>, Long> referred = referred(table);
    Optional<List<String>> mostReferred =
        referred.keySet().stream()
            .filter(keys::contains)
            .max(
                Comparator.comparingLong((List<String> key) -> referred.get(key))
                    .thenComparing(natural::equals));
    List<String> chosen = mostReferred.orElse(natural);
    return new Choice(chosen, notes(table, chosen, natural));
  }

  private List<String> notes(TableFacts table, List<String> chosen, List<String> natural) {
    List<String> notes = new ArrayList<>();
    if (!chosen.equals(natural)) {
      notes.add(
          String.format(
              "guess: %s is the key since other tables refer to it; to the business a row of %s is"
                  + " rather known by %s",
              String.join(", ", chosen), table.name(), String.join(", ", natural)));
    } else if (!chosen.equals(table.primaryKey()) && !table.primaryKey().isEmpty()) {
      notes.add(
          String.format(
              "guess: the unique key (%s) is the business key; %s is a number of the database's",
              String.join(", ", chosen), String.join(", ", table.primaryKey())));
    } else if (isSurrogate(table, chosen)) {
      notes.add(
          String.format(
              "guess: %s is all that tells rows of %s apart; look for a key of the business",
              String.join(", ", chosen), table.name()));
    }
    return notes;
  }

  private List<String> natural(TableFacts table) {
    if (!table.primaryKey().isEmpty() && !isSurrogate(table, table.primaryKey())) {
      return table.primaryKey();
    }
    return table.uniqueKeys().stream()
        .filter(key -> key.stream().noneMatch(c -> Words.isPersonal(table.name(), c)))
        .filter(key -> !isSurrogate(table, key))
        .min(Comparator.comparingInt(List::size))
        .orElseGet(
            () -> table.primaryKey().isEmpty() ? table.uniqueKeys().get(0) : table.primaryKey());
  }

  /** Whether the key is a mere number or id that means nothing outside of the database. */
  private boolean isSurrogate(TableFacts table, List<String> key) {
    if (key.size() != 1) {
      return false;
    }
    String column = key.get(0);
    if (table.columns().get(column).isNumbered()) {
      return true;
    }
    String name = Words.snake(column);
    String noun = nouns.of(table.name());
    boolean isId =
        name.equals("id")
            || name.equals("uuid")
            || name.equals("guid")
            || name.equals(noun + "_id")
            || name.equals(Words.snake(table.name()) + "_id");
    Kind kind =
        table.table().columns().column(table.table().columns().position(column)).type().kind();
    return isId && kind != Kind.DATE;
  }

  /** How many columns groups of the database refer to each key of the table. */
  private Map<List<String>, Long> referred(TableFacts table) {
    Map<List<String>, Long> counts = new HashMap<>();
    references
        .values()
        .forEach(
            list ->
                list.stream()
                    .filter(reference -> reference.target().equals(table.name()))
                    .forEach(reference -> counts.merge(reference.key(), 1L, Long::sum)));
    return counts;
  }
}
