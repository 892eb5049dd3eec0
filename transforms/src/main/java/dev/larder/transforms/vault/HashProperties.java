package dev.larder.transforms.vault;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a table's properties say of its hashes, so that no others get into it: the profile, the
 * algorithm, the form in which hashes are stored, and what is hashed in which order.
 */
public final class HashProperties {
  static final String PROFILE = "larder.hash.profile";
  static final String ALGORITHM = "larder.hash.algorithm";
  static final String STORE = "larder.hash.store";
  static final String COLUMNS = "larder.hash.columns";

  private HashProperties() {}

  /**
   * Whether rows of a vault table may be added to a table that is there.
   *
   * @param stored the properties of the table that is there; those that it lacks are as they were
   *     before they were written down
   * @return what is wrong and what to do; empty if the hashes are the same. Columns added at the
   *     end of a hash diff are no difference.
   */
  public static Optional<String> difference(VaultTable table, Map<String, String> stored) {
    Map<String, String> wanted = table.spec().properties();
    String is = described(stored);
    String asked = described(wanted);
    if (stored.containsKey(PROFILE) && !is.equals(asked)) {
      return Optional.of(
          table.name()
              + " holds hashes of "
              + is
              + ", the model asks for "
              + asked
              + ". Go back to what is stored, or rehash the vault: larder rehash.");
    }
    if (!stored.containsKey(COLUMNS) || isContinued(table, stored.get(COLUMNS))) {
      return Optional.empty();
    }
    return Optional.of(
        table.name()
            + " holds hashes of the columns "
            + stored.get(COLUMNS)
            + ", the model asks for "
            + wanted.get(COLUMNS)
            + ". Add new columns at the end, or rehash the vault: larder rehash.");
  }

  private static boolean isContinued(VaultTable table, String stored) {
    String wanted = table.spec().properties().get(COLUMNS);
    boolean mayGrow =
        table.structure() == VaultTable.Structure.SATELLITE
            || table.structure() == VaultTable.Structure.MULTI_ACTIVE;
    if (!mayGrow || stored.isEmpty()) {
      return wanted.equals(stored);
    }
    List<String> before = Arrays.asList(stored.split(","));
    List<String> now = Arrays.asList(wanted.split(","));
    return now.size() >= before.size() && now.subList(0, before.size()).equals(before);
  }

  private static String described(Map<String, String> properties) {
    return String.format(
        "profile %s, algorithm %s, stored as %s",
        properties.get(PROFILE),
        properties.get(ALGORITHM),
        properties.getOrDefault(STORE, "binary"));
  }
}
