package dev.larder.io.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** Spells names and texts in MySQL's SQL. */
final class Sql {

  private Sql() {}

  /** A name in back quotes. */
  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String names(List<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** {@code ?, ?, ?}. */
  static String parameters(int count) {
    return String.join(", ", java.util.Collections.nCopies(count, "?"));
  }
}
