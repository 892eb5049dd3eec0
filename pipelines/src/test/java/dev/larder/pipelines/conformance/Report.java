package dev.larder.pipelines.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The outcomes as text: passed and failed by structure, and what differs in failed cases. */
record Report(List<Outcome> outcomes) {
  private static final int SHOWN = 6;

  List<Outcome> failed() {
    return outcomes.stream().filter(outcome -> !outcome.isPassed()).toList();
  }

  /** Cases whose staged rows are others than their files give. */
  List<Outcome> stagedOtherwise() {
    return outcomes.stream().filter(outcome -> !outcome.staging().isEmpty()).toList();
  }

  /** Passed and failed, by structure. */
  Map<String, int[]> byStructure() {
    Map<String, int[]> counts = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      counts.computeIfAbsent(outcome.structure(), any -> new int[2])[outcome.isPassed() ? 0 : 1]++;
    }
    return counts;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "structure", "passed", "failed");
    byStructure().forEach((structure, counts) -> line(text, structure, counts[0], counts[1]));
    line(text, "all", outcomes.size() - failed().size(), failed().size());
    for (Outcome outcome : failed()) {
      text.append('\n').append(outcome.id()).append(" (").append(outcome.structure()).append(")\n");
      List<String> differences = outcome.differences();
      differences.stream()
          .limit(SHOWN)
          .forEach(difference -> text.append("  ").append(difference).append('\n'));
      if (differences.size() > SHOWN) {
        text.append("  and ").append(differences.size() - SHOWN).append(" more\n");
      }
    }
    for (Outcome outcome : stagedOtherwise()) {
      text.append('\n').append(outcome.id()).append(" is staged otherwise than its file says: ");
      text.append(outcome.staging().get(0)).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String structure, Object passed, Object failed) {
    text.append(String.format(Locale.ROOT, "%-10s %7s %7s%n", structure, passed, failed));
  }
}
