package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.TableId;
import java.util.Collection;

/** The messages about models that do not fit the tables that are there. */
final class CatalogueErrors {

  private CatalogueErrors() {}

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

  static String noTimeColumn(String column, ColumnType type) {
    return "column \""
        + column
        + "\" is "
        + type
        + ", which is no time. Use a date or time column.";
  }

  static String technicalAmongAll(String name) {
    return "\"*\" means the column \""
        + name
        + "\" too, whose name is used by the vault itself. Leave it out with except, or name the"
        + " columns and rename it: {NAME: COLUMN}.";
  }

  static String spellingsDiffer(String hub, String part, KeySpelling here, KeySpelling there) {
    return "\""
        + part
        + "\" of hub \""
        + hub
        + "\" is read from "
        + here.type()
        + " here and from "
        + there.type()
        + " in "
        + there.table()
        + ": one key may be spelled in two ways. Bring the spellings together, for example with"
        + " lpad or cast.";
  }
}
