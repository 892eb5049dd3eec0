package dev.larder.pipelines.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The verbs that are on the class path, in the order in which a newcomer needs them. */
final class Verbs {
  private static final List<String> ORDER =
      List.of(
          "demo",
          "doctor",
          "discover",
          "validate",
          "plan",
          "connectors",
          "snapshot",
          "stream",
          "backfill",
          "replay",
          "rehash",
          "mart",
          "forecast",
          "verify",
          "report",
          "optimize",
          "vacuum",
          "history",
          "restore");

  private Verbs() {}

  /** All verbs; found by {@link ServiceLoader}, so that the command knows none of them. */
  static List<Verb<?>> all() {
    List<Verb<?>> verbs = new ArrayList<>();
    ServiceLoader.load(Verb.class).forEach(verbs::add);
    verbs.sort(Comparator.comparing((Verb<?> verb) -> position(verb)).thenComparing(Verb::name));
    return verbs;
  }

  private static int position(Verb<?> verb) {
    int position = ORDER.indexOf(verb.name());
    return position < 0 ? ORDER.size() : position;
  }
}
