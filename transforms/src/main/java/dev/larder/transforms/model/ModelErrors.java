package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.TableId;
import java.util.Collection;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** The messages about mistakes in a model: what is wrong, with the value, and what to do. */
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

  static String hubTwiceInLink(String hub) {
    return "hub \""
        + hub
        + "\" stands twice. Name its roles: hubs: {ROLE: "
        + hub
        + ", ROLE: "
        + hub
        + "}.";
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

  static String keyOfOtherKind(Shape.Key key, String kind) {
    return "\""
        + key.name()
        + "\" is not for satellites of kind "
        + kind
        + ", but for: "
        + String.join(", ", key.kinds())
        + ". Take it out, or change the kind.";
  }

  static String closeWithoutScd2() {
    return "\"deletes: close\" ends versions, which only load: scd2 stores. Add load: scd2, or use"
        + " deletes: track.";
  }

  static String setWithoutInsertOnly() {
    return "\"grain: set\" stores whole sets, which have no ends of their own. Use load: insert_only,"
        + " or grain: row.";
  }

  static String maskWithoutSecret() {
    return "masked columns are hashed with a secret, and the model names none. Add masking: {secret:"
        + " env:NAME} at the top.";
  }

  static String columnsWithoutReference() {
    return "\"columns\" are those of a reference table. Add reference: NAME, or put them into a"
        + " satellite.";
  }

  static String childIsRole(String name) {
    return "child key \"" + name + "\" has the name of a hub or role of the link. Choose another.";
  }

  static String roleIsLink(String name) {
    return "role \"" + name + "\" has the name of its link. Choose another.";
  }

  static String twoRolesNeeded(String kind) {
    return "a link of kind "
        + kind
        + " joins two keys of one hub. Name the roles: hubs: {ROLE: HUB, ROLE: HUB}.";
  }

  static String drivingOfTransaction() {
    return "a transaction has no driving key: it happened and stays. Take \"driving\" out, or use"
        + " kind: relation.";
  }

  static String correctionsOfRelation() {
    return "\"corrections\" are those of transactions. Take it out, or use kind: transaction.";
  }

  static String rolesOfOneKey(String first, String second) {
    return "roles \""
        + first
        + "\" and \""
        + second
        + "\" read the same key. Map one of them to other columns.";
  }

  static String roleNotMapped(String link, Link.Role role) {
    return "link \""
        + link
        + "\" needs a key of hub \""
        + role.hub()
        + "\" for role \""
        + role.name()
        + "\". Add "
        + role.name()
        + ": COLUMN, or map the hub.";
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

  static String pitsSatelliteOfOther(String satellite, String parent, String wanted) {
    return "satellite \""
        + satellite
        + "\" is of "
        + parent
        + ", not of "
        + wanted
        + ". A PIT shows satellites of one hub or link.";
  }

  static String walkTooShort() {
    return "a walk goes from hub to hub over links: [HUB, LINK, HUB].";
  }

  static String walkDoesNotConnect(String link, String hub, Collection<String> hubs) {
    return "link \""
        + link
        + "\" does not join hub \""
        + hub
        + "\". It joins: "
        + String.join(", ", hubs)
        + ".";
  }

  static String walkAmbiguous(String link, String hub, Collection<String> roles) {
    return "hub \""
        + hub
        + "\" has several roles in link \""
        + link
        + "\". Name the one to arrive at: "
        + link
        + "."
        + String.join(" or " + link + ".", roles)
        + ".";
  }

  static String withDoesNotConnect(String link, Collection<String> hubs) {
    return "link \""
        + link
        + "\" joins no hub of the walk. It joins: "
        + String.join(", ", hubs)
        + ".";
  }

  static String castMisfit(KeyExpression.Cast cast, ColumnType type) {
    return cast.target() == KeyExpression.Target.TEXT
        ? "the format '"
            + cast.format()
            + "' is for dates and times, and is applied to "
            + type
            + "."
        : "the format '"
            + cast.format()
            + "' reads a date from text, and is applied to "
            + type
            + ". Leave the format out.";
  }
}
