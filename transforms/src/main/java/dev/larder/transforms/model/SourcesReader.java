package dev.larder.transforms.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code sources}. */
final class SourcesReader {
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
    Map<String, Element> entries = element.map(SettingsGrammar.SOURCE);
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
            Names.text(entries, "topic_prefix", "a text", null),
            Names.text(entries, "topic", "the name of a topic", null)));
  }
}
