package dev.larder.transforms.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks of names and of words from a fixed list. */
final class Names {
  private static final Pattern NAME = Pattern.compile(ValueType.NAME);

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
  static String oneOf(Element element, String what, List<String> known) {
    if (element == null) {
      return "";
    }
    String word = element.text("one of " + String.join(", ", known));
    if (word.isEmpty() || known.contains(word)) {
      return word;
    }
    element.report(ModelErrors.unknown(what, word, known));
    return "";
  }

  /** The constant of a word, whose name it is in lower case. */
  static <E extends Enum<E>> E oneOf(Element element, String what, Class<E> type, E absent) {
    String word = oneOf(element, what, words(type));
    return word.isEmpty() ? absent : Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  static <E extends Enum<E>> List<String> words(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The text of an entry, or something else where there is none. */
  static String text(Map<String, Element> entries, String key, String what, String absent) {
    Element element = entries.get(key);
    return element == null ? absent : element.text(what);
  }

  /** Texts of an entry that may be missing. */
  static List<String> texts(Map<String, Element> entries, String key, String what) {
    Element element = entries.get(key);
    return element == null ? List.of() : element.texts(what);
  }

  /** Reports a name that is not among the known ones. */
  static String known(Element element, String what, String name, Collection<String> known) {
    if (!name.isEmpty() && !known.contains(name)) {
      element.report(ModelErrors.unknown(what, name, known));
    }
    return name;
  }
}
