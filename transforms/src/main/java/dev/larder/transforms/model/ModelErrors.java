package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.TableId;
import java.util.Collection;
import java.util.List;

/** The messages about mistakes in a model: what is wrong, with the value, and what to do. */
final class ModelErrors {

  private ModelErrors() {}

  static String expected(String expected, String found) {
    return "expected " + expected + ", found " + found + ".";
  }

  static String unknown(String what, String name, Collection<String> known) {
    return "unknown " + what + " \"" + name + "\". " + Suggestions.known(name, known);
  }

  static String notSupportedYet(String name, Collection<String> supported) {
    return "\""
        + name
        + "\" is not supported yet. Supported here: "
        + String.join(", ", supported)
        + ". Take it out of the model.";
  }

  static String twiceInList(String name) {
    return "\"" + name + "\" stands twice. Take one out.";
  }

  static String twiceInMap(String name, int firstLine) {
    return "\"" + name + "\" stands twice, first on line " + firstLine + ". Take one out.";
  }

  static String missing(String key, String remedy) {
    return "\"" + key + "\" is missing. " + remedy;
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

  static String plainPassword() {
    return "a password must be a reference, not the password itself (it is not shown here)."
        + " Write env:NAME or file:PATH.";
  }

  static String hubTwiceInLink(String hub) {
    return "hub \""
        + hub
        + "\" stands twice; roles are not supported yet. Use each hub once in a link.";
  }

  static String tooFewHubs() {
    return "a link joins at least two hubs, or one hub with child keys. Add a hub or \"child\".";
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

  static String payloadOfRelation(String link) {
    return "link \""
        + link
        + "\" is a relation and has no payload. Put the columns into a satellite of the link, or"
        + " declare the link with kind: transaction.";
  }

  static String loadWithoutTransaction(String load) {
    return "\"load: "
        + load
        + "\" is about transaction links, and this table has none. Take it out, or declare its"
        + " link with kind: transaction.";
  }

  static String tableNameTaken(String table, String first) {
    return "the vault table " + table + " is already made by " + first + ". Choose another name.";
  }

  static String historyPrefix(String name) {
    return "a history's name must not begin with hub_, link_, sat_ or sts_ (found \""
        + name
        + "\"). Choose another one.";
  }

  static String technicalName(String name) {
    return "the column name \""
        + name
        + "\" is used by the vault itself. Give the column another name: {NAME: COLUMN}.";
  }

  static String nothingFed() {
    return "the table feeds nothing. Map a hub, or declare a history.";
  }

  static String syntax(String problem) {
    return "this is not YAML: " + problem + ".";
  }

  static String tableNotThere(TableId id, String database, Collection<String> known) {
    return "database \""
        + database
        + "\" of source "
        + id.source()
        + " has no table \""
        + id.table()
        + "\". "
        + Suggestions.known(id.table(), known);
  }

  static String noPrimaryKey(TableId id) {
    return "table "
        + id
        + " has no primary key, so its rows cannot be told apart. Give it one, or name the columns"
        + " that identify a row: key: [COLUMN, ...].";
  }

  static String columnNotThere(String column, TableId id, Collection<String> known) {
    return "table " + id + " has no column \"" + column + "\". " + Suggestions.known(column, known);
  }

  static String notAKey(String column, ColumnType type) {
    return "column \""
        + column
        + "\" is "
        + type
        + ", which has no spelling that two sources would agree on. Use another column as key.";
  }

  static String notHashable(String column, ColumnType type) {
    return "column \"" + column + "\" is " + type + ", which cannot be hashed. Leave it out.";
  }

  static String noColumnsLeft() {
    return "no column is left. Name the columns.";
  }

  static String typesDiffer(String column, ColumnType here, ColumnType there, TableId other) {
    return "column \""
        + column
        + "\" is "
        + here
        + " here and "
        + there
        + " in "
        + other
        + ". One column of the vault has one type; rename one of them.";
  }
}
