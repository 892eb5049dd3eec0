package dev.larder.pipelines.command;

import java.util.List;

/** The verbs, in the order in which a newcomer needs them. */
public final class Verbs {

  private Verbs() {}

  public static List<Verb<?>> all() {
    return List.of();
  }
}
