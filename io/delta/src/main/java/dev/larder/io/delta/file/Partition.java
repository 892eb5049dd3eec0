package dev.larder.io.delta.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One partition of a table.
 *
 * @param values by column, in the order of the partition columns, as the log writes them; null for
 *     an absent value
 */
public record Partition(Map<String, String> values) {
  /** The only one of a table without partition columns. */
  public static final Partition NONE = new Partition(Map.of());

  private static final String ABSENT = "__HIVE_DEFAULT_PARTITION__";

  /** What Spark escapes in names of folders, besides control characters. */
  private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";

  private static final int FIRST_PRINTED = 0x20;

  public Partition {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The folder of the partition's files, with a slash at its end: {@code
   * day=2024-03-31/city=Z%3A/}; empty for {@link #NONE}. Named as Hive and Spark name it; readers
   * take the values from the log, never from here.
   */
  String folder() {
    StringBuilder folder = new StringBuilder();
    values.forEach(
        (column, value) -> {
          escape(column, folder);
          folder.append('=');
          escape(value == null ? ABSENT : value, folder);
          folder.append('/');
        });
    return folder.toString();
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FIRST_PRINTED || ESCAPED.indexOf(c) >= 0) {
        out.append('%').append(hex(c >> 4)).append(hex(c & 0xF));
      } else {
        out.append(c);
      }
    }
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }
}
