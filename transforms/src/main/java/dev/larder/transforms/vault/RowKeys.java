package dev.larder.transforms.vault;

/**
 * The keys that one row image has for the hubs and links of its table, by their places in the
 * table's mapping.
 */
final class RowKeys {
  /** Normalised parts of each hub's business key. */
  final String[][] hubParts;

  /** Whether no part of a hub's business key is there. */
  final boolean[] hubAbsent;

  /** Hash keys of the hubs; null where the policy is to reject an absent key. */
  final byte[][] hubs;

  /** Texts of each link's child keys. */
  final String[][] childParts;

  /** Hash keys of the links; null where a hub's is null. */
  final byte[][] links;

  RowKeys(int hubCount, int linkCount) {
    hubParts = new String[hubCount][];
    hubAbsent = new boolean[hubCount];
    hubs = new byte[hubCount][];
    childParts = new String[linkCount][];
    links = new byte[linkCount][];
  }

  /**
   * The key under which a satellite or status row of a parent is stored, or null if there is none:
   * an unknown business key has no payload of its own.
   */
  byte[] of(Parent parent) {
    if (parent.isLink()) {
      return links[parent.position()];
    }
    return hubAbsent[parent.position()] ? null : hubs[parent.position()];
  }

  /** A hub or link of a table's mapping. */
  record Parent(String name, boolean isLink, int position) {}
}
