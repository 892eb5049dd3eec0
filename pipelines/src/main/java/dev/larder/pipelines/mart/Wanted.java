package dev.larder.pipelines.mart;

import dev.larder.io.changes.UserException;
import dev.larder.pipelines.options.MartOptions;
import dev.larder.transforms.model.Suggestions;
import dev.larder.transforms.model.VaultModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a model a run is to build: all, or what {@code --only} and {@code --marts} name. */
final class Wanted {
  private final Set<String> names;

  private Wanted(Set<String> names) {
    this.names = names;
  }

  /**
   * @throws UserException for a name that the model does not have
   */
  static Wanted of(VaultModel model, MartOptions options) {
    List<String> marts = List.copyOf(model.marts().keySet());
    List<String> all = new ArrayList<>(model.business().keySet());
    all.addAll(model.pits().keySet());
    all.addAll(model.bridges().keySet());
    all.addAll(marts);
    Set<String> names = new HashSet<>();
    add(options.getMarts(), marts, "marts", "mart", names);
    add(options.getOnly(), all, "only", "business satellite, PIT, bridge or mart", names);
    return new Wanted(names.isEmpty() ? Set.copyOf(all) : names);
  }

  private static void add(
      List<String> wanted, List<String> known, String option, String what, Set<String> names) {
    for (String name : wanted == null ? List.<String>of() : wanted) {
      if (!known.contains(name)) {
        throw new UserException(
            String.format(
                "--%s=%s: the model has no such %s. %s",
                option, name, what, Suggestions.known(name, known)));
      }
      names.add(name);
    }
  }

  <T> List<T> of(Map<String, T> named) {
    return named.entrySet().stream()
        .filter(each -> names.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
