package dev.larder.transforms.discover;

import dev.larder.transforms.model.VaultNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Spells names in a model file. */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");
  private static final Set<String> TAKEN =
      Set.of(
          "key",
          "load",
          "links",
          "satellites",
          "history",
          "reference",
          "columns",
          "applied",
          "extract",
          "when_null",
          "deletes",
          "late",
          "filter",
          "loaded",
          "load_time",
          "except",
          VaultNames.HASH_DIFF,
          VaultNames.RECORD_SOURCE,
          VaultNames.LOADED_AT,
          VaultNames.SEQUENCE);

  private Yaml() {}

  /** A text as a scalar. */
  static String text(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String list(List<String> texts) {
    return "[" + texts.stream().map(Yaml::text).collect(Collectors.joining(", ")) + "]";
  }

  /** A map of names to texts that are YAML already. */
  static String map(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> text(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** The expression that reads a column. */
  static String expression(String column) {
    return text(NAME.matcher(column).matches() ? column : "`" + column.replace("`", "``") + "`");
  }

  /** A name for a hub, a link, or a part of a key, of a name in the database. */
  static String name(String text) {
    String name = NAME.matcher(text).matches() ? text : Words.identifier(text);
    return TAKEN.contains(name) ? name + "_value" : name;
  }

  /** Whether the vault uses the name for itself. */
  static boolean isTaken(String column) {
    return TAKEN.contains(column) && column.startsWith("_")
        || column.equals(VaultNames.HASH_DIFF)
        || column.equals(VaultNames.RECORD_SOURCE);
  }
}
