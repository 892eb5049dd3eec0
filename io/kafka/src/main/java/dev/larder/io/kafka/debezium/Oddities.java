package dev.larder.io.kafka.debezium;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values that Debezium's stream brings otherwise than the database has them, and that can be
 * brought back. Each was seen with Debezium 3.5.0 and MySQL 8.0.31 by {@code ParityIT}.
 */
final class Oddities {
  /** MySQL has the years 1901 to 2155 and 0000, which is stored as 0 years behind 1900. */
  private static final long YEAR_ZERO = 1900;

  private Oddities() {}

  /**
   * The reader of a column, mended where its type needs it.
   *
   * @param declared MySQL's words for the type, or null
   */
  static ValueReader mended(ValueReader reader, String declared) {
    if (declared == null) {
      return reader;
    }
    String words = declared.strip().toLowerCase(Locale.ROOT);
    if (words.startsWith("year")) {
      return year(reader);
    }
    if (words.startsWith("enum(")) {
      Set<String> options = options(declared);
      return options.stream().anyMatch(option -> option.indexOf(',') >= 0)
          ? option(reader, options)
          : reader;
    }
    return reader;
  }

  /** YEAR 0000 comes as 1900. */
  static ValueReader year(ValueReader reader) {
    return parser -> {
      Object value = reader.read(parser);
      return value instanceof Long year && year == YEAR_ZERO ? (Object) 0L : value;
    };
  }

  /** A comma in an option of an ENUM comes with a backslash before it. */
  private static ValueReader option(ValueReader reader, Set<String> options) {
    return parser -> {
      Object value = reader.read(parser);
      if (value instanceof String text && !options.contains(text)) {
        String bare = text.replace("\\,", ",");
        return options.contains(bare) ? bare : text;
      }
      return value;
    };
  }

  /** The options in {@code enum('a','b''c')}. */
  private static Set<String> options(String declared) {
    Set<String> options = new TreeSet<>();
    StringBuilder option = new StringBuilder();
    boolean inside = false;
    for (int i = declared.indexOf('(') + 1; i < declared.length(); i++) {
      char c = declared.charAt(i);
      if (!inside) {
        inside = c == '\'';
      } else if (c != '\'') {
        option.append(c);
      } else if (i + 1 < declared.length() && declared.charAt(i + 1) == '\'') {
        option.append(c);
        i++;
      } else {
        options.add(option.toString());
        option.setLength(0);
        inside = false;
      }
    }
    return options;
  }
}
