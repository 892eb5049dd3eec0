package dev.larder.transforms.vault;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Where a row of a satellite says of which key it is, since when it holds, and what it says. */
final class LateColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> key;
  private final String order;
  private final List<String> compared;

  /** Column with the end of a version; empty where there is none. */
  private final String to;

  private final long openEnd;

  LateColumns(LoadRule rule) {
    if (rule instanceof LoadRule.InsertIfChanged changed) {
      this.key = changed.key();
      this.order = changed.order();
      this.compared = changed.compared();
      this.to = "";
      this.openEnd = 0;
    } else if (rule instanceof LoadRule.Scd2 scd2) {
      this.key = scd2.key();
      this.order = scd2.from();
      this.compared = scd2.compared();
      this.to = scd2.to();
      this.openEnd = scd2.openEnd();
    } else {
      throw new IllegalArgumentException(rule + " has no late rows");
    }
  }

  /** What has to be known of stored rows. */
  List<String> stored() {
    List<String> columns = new ArrayList<>(key);
    columns.add(order);
    columns.addAll(compared);
    if (!to.isEmpty()) {
      columns.add(to);
    }
    return columns;
  }

  /** The key as one text with the table, the same for rows of one key only. */
  String key(String table, RowSchema schema, Object[] row) {
    StringBuilder text = new StringBuilder(table);
    for (String column : key) {
      int position = schema.position(column);
      Object value = row[position];
      String part = value == null ? "" : Values.text(schema.column(position).type(), value);
      text.append('\u0000').append(part.length()).append(':').append(part);
    }
    return text.toString();
  }

  Object order(RowSchema schema, Object[] row) {
    return row[schema.position(order)];
  }

  /** What a row says; of a row that ends a key nothing. */
  Object[] compared(RowSchema schema, Object[] row) {
    return compared.stream()
        .map(column -> schema.find(column) < 0 ? null : row[schema.find(column)])
        .toArray();
  }

  /** When a stored version ended, or null. */
  Object end(RowSchema schema, Object[] row) {
    Object end = to.isEmpty() ? null : row[schema.position(to)];
    return end == null || end.equals(openEnd) ? null : end;
  }
}
