package dev.larder.transforms.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Known: a, b, c. Did you mean "b"?" */
public final class Suggestions {
  private static final int SHOWN = 20;

  private Suggestions() {}

  /**
   * A sentence with the known names, and a second one with the nearest if it is near.
   *
   * @param known in the order to show
   */
  public static String known(String wrong, Collection<String> known) {
    if (known.isEmpty()) {
      return "There is none yet.";
    }
    StringBuilder out = new StringBuilder("Known: ");
    out.append(String.join(", ", known.stream().limit(SHOWN).toList()));
    if (known.size() > SHOWN) {
      out.append(", and ").append(known.size() - SHOWN).append(" more");
    }
    out.append('.');
    nearest(wrong, known)
        .ifPresent(name -> out.append(" Did you mean \"").append(name).append("\"?"));
    return out.toString();
  }

  /**
   * The known name with the fewest edits, if they are at most a third of its length (at least 2).
   */
  public static Optional<String> nearest(String wrong, Collection<String> known) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(
            name ->
                edits(lower, name.toLowerCase(Locale.ROOT))
                    <= Math.min(Math.max(2, name.length() / 3), name.length() - 1))
        .min(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))));
  }

  /** Levenshtein's distance. */
  private static int edits(String left, String right) {
    int[] costs = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      costs[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitute = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(substitute, Math.min(costs[j], costs[j - 1]) + 1);
      }
    }
    return costs[right.length()];
  }
}
