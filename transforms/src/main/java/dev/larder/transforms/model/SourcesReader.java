package dev.larder.transforms.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code sources}. */
final class SourcesReader {
  private static final List<String> KEYS =
      List.of("database", "record_source", "url", "user", "password", "topic_prefix");

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
        element.map("a map like {database: NAME, record_source: TEXT}", KEYS);
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
        Names.text(entries, "database", "a text", ""),
        Names.text(entries, "record_source", "a text", ""),
        new Source.Connection(
            Names.text(entries, "url", "a text", null),
            Names.text(entries, "user", "a text", null),
            entries.containsKey("password")
                ? SettingsReader.secret(entries.get("password"), "password")
                : null,
            Names.text(entries, "topic_prefix", "a text", null)));
  }

  private static void requireKey(
      Element element, Map<String, Element> entries, String key, String remedy) {
    if (!entries.containsKey(key)) {
      element.report(ModelErrors.missing(key, remedy));
    }
  }
}
