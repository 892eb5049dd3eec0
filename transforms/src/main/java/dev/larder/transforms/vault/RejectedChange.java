package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The dead letter of a change that the vault could not take. Bronze has the change itself. */
final class RejectedChange {
  private static final String STEP = "hash";

  private RejectedChange() {}

  static DeadLetter letter(ChangeRecord change, String reason) {
    TableSchema table = change.table();
    return new DeadLetter(
        table.id().source(),
        table.id().table(),
        change.place(),
        STEP,
        reason,
        key(table, change.image()),
        null,
        change.committedAt());
  }

  /** {@code id=5,line=2} in UTF-8: which row it was. */
  private static byte[] key(TableSchema table, Object[] image) {
    if (image == null || table.key().isEmpty()) {
      return null;
    }
    StringJoiner key = new StringJoiner(",");
    for (String name : table.key()) {
      int position = table.columns().position(name);
      Object value = image[position];
      key.add(
          name
              + "="
              + (value == null ? "" : Values.text(table.columns().column(position).type(), value)));
    }
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }
}
