package dev.larder.transforms.vault;

import dev.larder.io.changes.TableId;
import java.util.List;

/** Why a change, or a part of it, could not be loaded. The texts are in dead letters. */
final class VaultErrors {

  private VaultErrors() {}

  static String truncatedCounts(TableId table, String link, List<TableId> feeding) {
    return "TRUNCATE of "
        + table
        + " takes no event back in "
        + link
        + ": "
        + feeding
        + " feed it, and counters are kept by key, not by table. Delete the rows instead, give each"
        + " table a link of its own, or read the counters together with the status satellite.";
  }

  static String columnGone(TableId table, String problem) {
    return "Table "
        + table
        + " no longer fits the model: "
        + problem
        + ". Keys are read from this column: bring it back, or map another one and replay.";
  }

  static String rejected(String table) {
    return table
        + " had a newer version of the row's key when it came, and the model says late: reject. It"
        + " is in bronze; to take such rows, say late: insert and run larder backfill.";
  }

  static String late(String table) {
    return table
        + " had a newer version of the row's key when it came, and the model says late: quarantine."
        + " larder replay puts it into its place.";
  }

  static String noBusinessKey(TableId table, String hub, List<String> parts) {
    return "No business key for hub \""
        + hub
        + "\" in a row of "
        + table
        + ": "
        + String.join(", ", parts)
        + (parts.size() == 1 ? " is" : " are all")
        + " NULL or empty. Mend the row, or set when_null: unknown in tables."
        + table
        + "."
        + hub
        + " if rows without it are meant.";
  }

  static String payloadWithoutKey(TableId table, String hub, List<String> satellites) {
    return "No business key for hub \""
        + hub
        + "\" in a row of "
        + table
        + ", so there is nothing that "
        + String.join(", ", satellites)
        + " could describe. Mend the row.";
  }
}
