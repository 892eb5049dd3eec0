package dev.larder.transforms.vault;

import dev.larder.io.changes.TableSpec;
import java.io.Serializable;
import java.util.List;

/**
 * A table of the vault with what it means.
 *
 * @param key columns that identify what the table's rows are about
 * @param payload columns that the source determines besides the key and that {@code verify}
 *     compares: business keys of a hub, hub keys, child keys and payload of a link, tracked columns
 *     of a satellite or history
 * @param status name of the status satellite that says whether a key lives, or empty
 */
public record VaultTable(
    TableSpec spec, Structure structure, List<String> key, List<String> payload, String status)
    implements Serializable {

  /** The kinds of tables. */
  public enum Structure {
    HUB,
    LINK,
    TRANSACTION,
    SATELLITE,
    MULTI_ACTIVE,
    EFFECTIVITY,
    STATUS,
    RECORD_TRACKING,
    SIGHTINGS,
    REFERENCE,
    HISTORY
  }

  public VaultTable {
    key = List.copyOf(key);
    payload = List.copyOf(payload);
  }

  /** The table's path below the lake. */
  public String name() {
    return spec.name();
  }
}
