package dev.larder.transforms.model;

import java.util.Collection;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** The messages about the text of a model: what is wrong, with the value, and what to do. */
final class ModelErrors {

  private ModelErrors() {}

  static String expected(String expected, String found) {
    return "expected " + expected + ", found " + found + ".";
  }

  static String unknown(String what, String name, Collection<String> known) {
    return "unknown " + what + " \"" + name + "\". " + Suggestions.known(name, known);
  }

  static String twiceInList(String name) {
    return "\"" + name + "\" stands twice. Take one out.";
  }

  static String twiceInMap(String name, int firstLine) {
    return "\"" + name + "\" stands twice, first on line " + firstLine + ". Take one out.";
  }

  static String twiceInFiles(String name, Mark there) {
    return "\""
        + name
        + "\" stands twice, also at "
        + there.getName()
        + ":"
        + (there.getLine() + 1)
        + ". Take one out.";
  }

  static String includedTwice(String name) {
    return "\"" + name + "\" is included twice, or includes itself. Name each file once.";
  }

  static String fileNotThere(String name, String path) {
    return "there is no file \""
        + name
        + "\" (looked for "
        + path
        + "). Paths are relative to the file that includes.";
  }

  static String missing(Shape.Key key) {
    return "\""
        + key.name()
        + "\" is missing. Add "
        + key.name()
        + ": "
        + key.type().form()
        + ", "
        + key.meaning()
        + ".";
  }

  static String noName(String name) {
    return "\"" + name + "\" is no name. Use letters, digits and _, beginning with a letter.";
  }

  static String noTable(String name, Collection<String> sources) {
    return "\""
        + name
        + "\" is not of the form source.table. Sources: "
        + String.join(", ", sources)
        + ".";
  }

  static String reserved(String name) {
    return "the name \"" + name + "\" has a meaning of its own in tables. Choose another one.";
  }

  static String noInstant(String text) {
    return "\"" + text + "\" is no time. Write it in UTC like 9999-12-31T00:00:00Z.";
  }

  static String plainSecret(String what) {
    return "a "
        + what
        + " must be a reference, not the "
        + what
        + " itself (it is not shown here)."
        + " Write env:NAME or file:PATH.";
  }

  static String expression(String text, KeyExpressionException e) {
    return "\"" + text + "\", character " + e.position() + ": " + e.getMessage() + ".";
  }

  static String partsNeeded(String hub, List<String> parts) {
    return "hub \""
        + hub
        + "\" has a key of "
        + parts.size()
        + " parts. Map each: {"
        + String.join(": ..., ", parts)
        + ": ...}.";
  }

  static String partMissing(String what, String part) {
    return what + " \"" + part + "\" is not mapped. Add " + part + ": COLUMN.";
  }

  static String hubNotMapped(String what, String hub) {
    return what
        + " needs hub \""
        + hub
        + "\", which this table does not map. Add "
        + hub
        + ": COLUMN to the table.";
  }

  static String parentNotLoaded(String parent) {
    return "this table does not load \""
        + parent
        + "\". Map the hub, or name the link under \"links\" of this table.";
  }

  static String tableNameTaken(String table, String first) {
    return "the vault table " + table + " is already made by " + first + ". Choose another name.";
  }

  static String historyPrefix(String name, Collection<String> prefixes) {
    return "a history's name must not begin with "
        + String.join(", ", prefixes)
        + " (found \""
        + name
        + "\"). Choose another one.";
  }

  static String technicalName(String name) {
    return "the column name \""
        + name
        + "\" is used by the vault itself. Give the column another name: {NAME: COLUMN}.";
  }

  static String nothingFed() {
    return "the table feeds nothing. Map a hub, or declare a history or a reference.";
  }

  static String syntax(String problem) {
    return "this is not YAML: " + problem + ".";
  }

  static String noTimeOfDay(String text) {
    return "\"" + text + "\" is no time of day. Write it like \"03:00\".";
  }

  static String noZone(String text) {
    return "\"" + text + "\" is no time zone. Write it like UTC or Europe/Berlin.";
  }

  static String noPeriod(String text) {
    return "\"" + text + "\" is no period. Write it like 90d, 12w, 6m, 5y or forever.";
  }
}
