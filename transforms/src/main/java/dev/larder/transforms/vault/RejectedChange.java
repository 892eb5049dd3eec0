package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.model.Satellite;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The dead letter of a change that the vault could not take. Bronze has the change itself. */
final class RejectedChange {
  private static final String STEP = "hash";

  private RejectedChange() {}

  static DeadLetter letter(ChangeRecord change, String reason) {
    return letter(change, STEP, reason);
  }

  /** The letter of a change whose row comes late for a satellite, should it. */
  static DeadLetter late(ChangeRecord change, String satellite, Satellite.Late policy) {
    return policy == Satellite.Late.REJECT
        ? letter(change, DeadLetter.REJECTED, VaultErrors.rejected(satellite))
        : letter(change, DeadLetter.LATE, VaultErrors.late(satellite));
  }

  private static DeadLetter letter(ChangeRecord change, String step, String reason) {
    TableSchema table = change.table();
    return new DeadLetter(
        table.id().source(),
        table.id().table(),
        change.place(),
        step,
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
