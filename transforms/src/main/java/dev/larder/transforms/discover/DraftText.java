package dev.larder.transforms.discover;

import dev.larder.transforms.discover.DraftTable.DraftSatellite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a draft as the YAML of a model, guesses as comments above what they are about. */
final class DraftText {
  private static final int WIDTH = 110;

  private final StringBuilder out = new StringBuilder();
  private final String vault;
  private final List<DiscoveredSource> sources;
  private final Map<String, DraftHub> hubs;
  private final Map<String, DraftLink> links;
  private final Map<String, DraftTable> tables;

  DraftText(
      String vault,
      List<DiscoveredSource> sources,
      Map<String, DraftHub> hubs,
      Map<String, DraftLink> links,
      Map<String, DraftTable> tables) {
    this.vault = vault;
    this.sources = sources;
    this.hubs = hubs;
    this.links = links;
    this.tables = tables;
  }

  String yaml() {
    line(
        "# Drafted by `larder discover`. Keys and foreign keys are the database's; what is guessed");
    line("# from names and statistics says so. Read every guess, rename what the business calls");
    line("# otherwise, and let two tables that describe the same thing feed one hub.");
    line("vault: " + Yaml.text(vault));
    line("");
    line("sources:");
    for (DiscoveredSource source : sources) {
      Map<String, String> entries = new LinkedHashMap<>();
      entries.put("database", Yaml.text(source.database()));
      entries.put("record_source", source.name().toUpperCase(Locale.ROOT) + ".MySQL");
      line("  " + source.name() + ": " + Yaml.map(entries));
    }
    line("");
    hubs();
    links();
    boolean isEmpty = tables.values().stream().allMatch(table -> table.leftOut != null);
    line("tables:" + (isEmpty ? " {}" : ""));
    tables.values().forEach(this::table);
    return out.toString();
  }

  private void hubs() {
    line("hubs:" + (hubs.isEmpty() ? " {}" : ""));
    for (DraftHub hub : hubs.values()) {
      notes("  ", hub.notes());
      String key = hub.parts().size() == 1 ? Yaml.text(hub.parts().get(0)) : Yaml.list(hub.parts());
      line(
          "  "
              + hub.name()
              + ": {key: "
              + key
              + (hub.normal().isEmpty() ? "" : ", normal: " + hub.normal())
              + "}");
    }
    line("");
  }

  private void links() {
    if (links.isEmpty()) {
      return;
    }
    line("links:");
    for (DraftLink link : links.values()) {
      Map<String, String> entries = new LinkedHashMap<>();
      entries.put(
          "hubs",
          link.hasRoles() ? Yaml.map(link.roles()) : Yaml.list(List.copyOf(link.roles().keySet())));
      if (!link.child().isEmpty()) {
        entries.put("child", Yaml.list(link.child()));
      }
      if (!link.kind().isEmpty()) {
        entries.put("kind", link.kind());
      }
      if (!link.driving().isEmpty()) {
        entries.put("driving", link.driving());
      }
      line("  " + link.name() + ": " + Yaml.map(entries));
    }
    line("");
  }

  private void table(DraftTable table) {
    if (table.leftOut != null) {
      line("  # " + table.id + " (" + table.about + ") is left out: " + table.leftOut);
      line("");
      return;
    }
    line("  # " + table.about);
    line("  " + table.id + ":");
    notes("    ", table.notes);
    table.entries.forEach((name, text) -> entry("    ", name, text));
    boolean isList = table.links.values().stream().allMatch("{}"::equals);
    if (isList && !table.links.isEmpty()) {
      line("    links: " + Yaml.list(List.copyOf(table.links.keySet())));
    } else if (!table.links.isEmpty()) {
      line("    links:");
      table.links.forEach((name, text) -> entry("      ", name, text));
    }
    if (!table.satellites.isEmpty()) {
      line("    satellites:");
      table.satellites.forEach(this::satellite);
    }
    line("");
  }

  private void satellite(String name, DraftSatellite satellite) {
    if (satellite.more().containsValue("effectivity")) {
      line("      # guess: what " + satellite.of() + " points to may change");
    }
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("of", satellite.of());
    entries.putAll(satellite.more());
    if (satellite.columns().isEmpty()) {
      line("      " + name + ": " + Yaml.map(entries));
      return;
    }
    line("      " + name + ":");
    entries.forEach((key, text) -> entry("        ", key, text));
    entry("        ", "columns", Yaml.list(satellite.columns()));
    if (!satellite.untracked().isEmpty()) {
      line("        # guess: changes of these alone mean nothing to the business");
      entry("        ", "untracked", Yaml.list(satellite.untracked()));
    }
    if (!satellite.personal().isEmpty()) {
      line(
          "        # guess: personal by the name; remove the # to keep the values out of the vault");
      line("        # mask: " + Yaml.list(satellite.personal()));
    }
  }

  private void notes(String indent, List<String> notes) {
    for (String note : notes) {
      cut(note, " ", WIDTH - indent.length() - 2).forEach(text -> line(indent + "# " + text));
    }
  }

  private void entry(String indent, String name, String text) {
    String whole = indent + Yaml.text(name) + ": " + text;
    if (whole.length() <= WIDTH || !text.contains(", ")) {
      line(whole);
      return;
    }
    List<String> lines = cut(whole.strip(), "(?<=,) ", WIDTH - indent.length());
    line(indent + lines.get(0));
    lines.stream().skip(1).forEach(more -> line(indent + "  " + more));
  }

  private static List<String> cut(String text, String at, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : text.split(at)) {
      if (current.length() > 0 && current.length() + 1 + word.length() > width) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.length() == 0 ? "" : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
