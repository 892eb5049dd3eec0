package dev.larder.transforms.model;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code sources}. */
final class SourcesReader {
  private static final List<String> KEYS =
      List.of("database", "record_source", "url", "user", "password", "topic_prefix");
  private static final Set<String> LATER = Set.of("bronze", "tenant");

  Map<String, Source> read(Element element) {
    Map<String, Source> sources = new LinkedHashMap<>();
    if (element != null) {
      element
          .map("a map of sources")
          .forEach((name, source) -> sources.put(name, source(name, source)));
    }
    return sources;
  }

  private static Source source(String name, Element element) {
    Names.checked(element, name);
    Map<String, Element> entries =
        element.map("a map like {database: NAME, record_source: TEXT}", KEYS, LATER);
    if (element.isMap()) {
      requireKey(element, entries, "database", "Add database: NAME, its name on the server.");
      requireKey(
          element,
          entries,
          "record_source",
          "Add record_source: TEXT, what the vault's rows say of where they came from.");
    }
    return new Source(
        name,
        text(entries, "database", ""),
        text(entries, "record_source", ""),
        new Source.Connection(
            text(entries, "url", null),
            text(entries, "user", null),
            password(entries.get("password")),
            text(entries, "topic_prefix", null)));
  }

  private static void requireKey(
      Element element, Map<String, Element> entries, String key, String remedy) {
    if (!entries.containsKey(key)) {
      element.report(ModelErrors.missing(key, remedy));
    }
  }

  private static String text(Map<String, Element> entries, String key, String absent) {
    Element element = entries.get(key);
    return element == null ? absent : element.text("a text");
  }

  private static SecretRef password(Element element) {
    if (element == null) {
      return null;
    }
    try {
      return element.isText() ? SecretRef.parse(element.text("")) : null;
    } catch (UserException e) {
      element.report(ModelErrors.plainPassword());
      return null;
    }
  }
}
