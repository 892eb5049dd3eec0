package dev.larder.transforms.discover;

import java.util.HashSet;
import java.util.Set;

/** Gives each thing of a draft a name of its own. */
final class DraftNames {
  private final Set<String> taken = new HashSet<>();

  /** The wanted name; where it is taken, with the source's behind it, or a number. */
  String unique(String wanted, String source) {
    String name = Yaml.name(wanted);
    if (taken.add(name)) {
      return name;
    }
    String longer = name + "_" + source;
    for (int i = 2; !taken.add(longer); i++) {
      longer = name + "_" + source + "_" + i;
    }
    return longer;
  }
}
