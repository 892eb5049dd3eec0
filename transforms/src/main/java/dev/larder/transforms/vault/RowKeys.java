package dev.larder.transforms.vault;

/**
 * The keys that one row image has for the hubs and links of its table: of hubs by the place of
 * their {@link HubMappings}, of links by their place in the table.
 */
final class RowKeys {
  /** Normalised parts of each business key. */
  final String[][] hubParts;

  /** Whether no part of a business key is there. */
  final boolean[] hubAbsent;

  /** Hash keys of the hubs as stored; null where an absent key is not loaded. */
  final Object[] hubs;

  /** Texts of each link's child keys. */
  final String[][] childParts;

  /** Hash keys of the links as stored; null where a hub's is null. */
  final Object[] links;

  RowKeys(int hubCount, int linkCount) {
    hubParts = new String[hubCount][];
    hubAbsent = new boolean[hubCount];
    hubs = new Object[hubCount];
    childParts = new String[linkCount][];
    links = new Object[linkCount];
  }

  /**
   * The key under which a satellite or status row of a parent is stored, or null if there is none:
   * an unknown business key has no payload of its own.
   */
  Object of(Parent parent) {
    if (parent.isLink()) {
      return links[parent.position()];
    }
    return hubAbsent[parent.position()] ? null : hubs[parent.position()];
  }

  /** A hub or link of a table's mapping. */
  record Parent(String name, boolean isLink, int position) {}
}
