package dev.larder.transforms.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of names and of words from a fixed list. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private Names() {}

  /** Reports a name that could not be part of a table's or column's name. */
  static String checked(Element element, String name) {
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      element.report(ModelErrors.noName(name));
    }
    return name;
  }

  /**
   * One of the known words; empty where the element is absent or, reported, says another one.
   *
   * @param element may be null
   */
  static String oneOf(Element element, String what, List<String> known, Set<String> later) {
    if (element == null) {
      return "";
    }
    String word = element.text("one of " + String.join(", ", known));
    if (word.isEmpty() || known.contains(word)) {
      return word;
    }
    element.report(
        later.contains(word)
            ? ModelErrors.notSupportedYet(word, known)
            : ModelErrors.unknown(what, word, known));
    return "";
  }
}
