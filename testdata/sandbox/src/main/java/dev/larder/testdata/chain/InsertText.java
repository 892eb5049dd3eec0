package dev.larder.testdata.chain;

import java.time.temporal.Temporal;

/**
 * An INSERT of many rows as one SQL text: what a MySQL server takes fastest from any driver,
 * without LOAD DATA LOCAL, which most servers forbid. Values are written as literals for a session
 * whose escape character is the backslash.
 */
final class InsertText {
  private final String head;
  private final StringBuilder text;
  private int rows;

  InsertText(ChainTable table) {
    head = "INSERT INTO " + table + " (" + String.join(", ", table.columns()) + ") VALUES ";
    text = new StringBuilder(head);
  }

  void add(Object... values) {
    text.append(rows++ == 0 ? "(" : ",(");
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      literal(values[i]);
    }
    text.append(')');
  }

  private void literal(Object value) {
    if (value instanceof String string) {
      quoted(string);
    } else if (value instanceof Temporal) {
      text.append('\'').append(value).append('\'');
    } else if (value instanceof Boolean bool) {
      text.append(bool ? '1' : '0');
    } else {
      text.append(value);
    }
  }

  private void quoted(String value) {
    text.append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\'' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('\'');
  }

  int rows() {
    return rows;
  }

  int length() {
    return text.length();
  }

  /** The statement; the next row begins another. */
  String take() {
    String sql = text.toString();
    text.setLength(head.length());
    rows = 0;
    return sql;
  }
}
