package dev.larder.runners.direct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A table as the oracle tells it and as it is stored, and where the two differ. Neither is held in
 * memory: hashes of their lines are compared, and only if these differ both are told once more.
 */
final class ToldTwice {
  private static final int SHOWN = 3;

  private final String name;
  private final Consumer<Lines> expected;
  private final Consumer<Lines> stored;
  private final LineHashes must = new LineHashes();
  private final LineHashes is = new LineHashes();

  private ToldTwice(String name, Consumer<Lines> expected, Consumer<Lines> stored) {
    this.name = name;
    this.expected = expected;
    this.stored = stored;
    expected.accept(must);
    stored.accept(is);
    must.sorted();
    is.sorted();
  }

  /**
   * @param name of the table, for who reads the differences
   * @param expected tells the same at each call
   * @param stored tells the same at each call, in any order
   */
  static ToldTwice of(String name, Consumer<Lines> expected, Consumer<Lines> stored) {
    return new ToldTwice(name, expected, stored);
  }

  /** How many versions there must be. */
  int versions() {
    return must.size();
  }

  /** Takes what is stored more than once for once, and says how many are too many. */
  int dropRepeated() {
    return is.dropRepeated();
  }

  /** Keys whose versions differ, some of them with the versions; empty if none does. */
  List<String> differences() {
    if (must.isSame(is)) {
      return List.of();
    }
    Map<String, List<String>> missing = alone(expected, must.without(is));
    Map<String, List<String>> unexpected = alone(stored, is.without(must));
    TreeMap<String, List<String>> keys = new TreeMap<>(missing);
    keys.putAll(unexpected);
    List<String> differences = new ArrayList<>();
    for (String key : keys.keySet().stream().limit(SHOWN).toList()) {
      differences.add(
          "%s %s:%n  expected alone: %s%n  found alone: %s"
              .formatted(name, key, shown(missing.get(key)), shown(unexpected.get(key))));
    }
    differences.add(name + ": " + keys.size() + " keys differ");
    return differences;
  }

  private static Map<String, List<String>> alone(Consumer<Lines> told, Set<Long> hashes) {
    Map<String, List<String>> alone = new TreeMap<>();
    told.accept(
        (key, line) -> {
          if (hashes.contains(LineHashes.of(key, line))) {
            alone.computeIfAbsent(key, any -> new ArrayList<>(1)).add(line);
          }
        });
    return alone;
  }

  private static String shown(List<String> lines) {
    return lines == null ? "nothing" : String.join("\n           ", lines);
  }
}
