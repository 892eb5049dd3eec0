package dev.larder.io.jdbc;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds statements in the log that define tables anew. Pure.
 *
 * @param database whose tables they are
 * @param tables a table's name as a word of a statement
 * @param verbs what the statement does
 */
record SchemaStatements(String database, Pattern tables, Pattern verbs) {
  private static final Pattern USE = Pattern.compile("^use `((?:[^`]|``)+)`; *", Pattern.DOTALL);
  private static final Pattern COMMENTS =
      Pattern.compile("/\\*(?!!).*?\\*/|--[^\n]*\n", Pattern.DOTALL);
  private static final int SHOWN = 200;

  /** Any statement that changes columns, rows or names of tables without an event for each row. */
  static SchemaStatements all(String database, Collection<String> tables) {
    return of(database, tables, "(alter|rename|drop|create)\\s+table|truncate");
  }

  /** Statements that take rows away without an event for each row. */
  static SchemaStatements losingRows(String database, Collection<String> tables) {
    return of(
        database,
        tables,
        "(rename|drop|create)\\s+table|truncate|alter\\s+table\\b.*\\b(drop|truncate|exchange)\\s+partition");
  }

  private static SchemaStatements of(String database, Collection<String> tables, String verbs) {
    String names = tables.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    int flags = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    return new SchemaStatements(
        database,
        Pattern.compile("(?<![\\w$])(" + names + ")(?![\\w$])", flags),
        Pattern.compile("^\\s*(" + verbs + ")\\b", flags));
  }

  /**
   * @param info of a Query event as SHOW BINLOG EVENTS gives it: {@code use `shop`; ALTER TABLE
   *     ...}
   * @return the statement, shortened, if it is one of those
   */
  Optional<String> find(String info) {
    if (info == null) {
      return Optional.empty();
    }
    Matcher use = USE.matcher(info);
    boolean inDatabase = use.find() && use.group(1).equalsIgnoreCase(database);
    String statement = COMMENTS.matcher(USE.matcher(info).replaceFirst("")).replaceAll(" ").strip();
    boolean isMeant =
        inDatabase
            || statement.toLowerCase(Locale.ROOT).contains(database.toLowerCase(Locale.ROOT));
    if (!isMeant || !verbs.matcher(statement).find() || !tables.matcher(statement).find()) {
      return Optional.empty();
    }
    String line = statement.replaceAll("\\s+", " ");
    return Optional.of(line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...");
  }
}
