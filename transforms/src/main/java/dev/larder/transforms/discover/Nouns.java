package dev.larder.transforms.discover;

import dev.larder.io.changes.TableFacts;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one row of each table is: {@code olist_order_items_dataset} among tables of that form is an
 * {@code order_item}.
 */
final class Nouns {
  private static final int ENOUGH = 3;

  private final Map<String, String> nouns = new LinkedHashMap<>();

  private Nouns(List<String> names) {
    List<List<String>> words = names.stream().map(Words::tokens).toList();
    int start = names.size() < ENOUGH ? 0 : shared(words);
    int end = names.size() < ENOUGH ? 0 : shared(words.stream().map(Nouns::reversed).toList());
    for (int i = 0; i < names.size(); i++) {
      List<String> own = words.get(i);
      List<String> kept = start + end < own.size() ? own.subList(start, own.size() - end) : own;
      nouns.put(names.get(i), Words.singular(String.join("_", kept)));
    }
  }

  static Nouns of(Collection<TableFacts> tables) {
    return new Nouns(tables.stream().map(TableFacts::name).toList());
  }

  /** Words that all names begin with. */
  private static int shared(List<List<String>> names) {
    int shared = 0;
    while (true) {
      int at = shared;
      boolean isShared =
          names.stream()
              .allMatch(name -> at < name.size() && name.get(at).equals(safe(names.get(0), at)));
      if (!isShared) {
        return shared;
      }
      shared++;
    }
  }

  private static String safe(List<String> words, int at) {
    return at < words.size() ? words.get(at) : "";
  }

  private static List<String> reversed(List<String> words) {
    String[] turned = new String[words.size()];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = words.get(turned.length - 1 - i);
    }
    return Arrays.asList(turned);
  }

  String of(String table) {
    return nouns.get(table);
  }
}
