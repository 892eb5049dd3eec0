package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.model.VaultNames;
import java.util.Collection;
import java.util.Optional;

/** What is valid now, from the rows that a vault has stored of one key. */
public final class CurrentState {

  private CurrentState() {}

  /**
   * The latest version of a satellite's key, unless its status is D.
   *
   * @param versions rows of the satellite, all of one key, in any order
   * @param statuses rows of its status satellite of the same key, in any order; a key without any
   *     lives
   */
  public static Optional<Object[]> ofSatellite(
      RowSchema satellite,
      Collection<Object[]> versions,
      RowSchema status,
      Collection<Object[]> statuses) {
    return isDeleted(status, statuses) ? Optional.empty() : latest(satellite, versions);
  }

  /**
   * The version of a history's key that is marked current.
   *
   * @param versions rows of the history, all of one key, in any order
   */
  public static Optional<Object[]> ofHistory(RowSchema history, Collection<Object[]> versions) {
    int current = history.position(VaultNames.CURRENT);
    return versions.stream().filter(row -> Boolean.TRUE.equals(row[current])).findFirst();
  }

  /**
   * Whether the source has deleted the key, and not brought it back.
   *
   * @param statuses rows of a status satellite, all of one key, in any order
   */
  public static boolean isDeleted(RowSchema status, Collection<Object[]> statuses) {
    int position = status.position(VaultNames.STATUS);
    return latest(status, statuses)
        .filter(row -> StatusStage.DELETED.equals(row[position]))
        .isPresent();
  }

  private static Optional<Object[]> latest(RowSchema schema, Collection<Object[]> rows) {
    int sequence = schema.position(VaultNames.SEQUENCE);
    return rows.stream()
        .max((left, right) -> ((String) left[sequence]).compareTo((String) right[sequence]));
  }
}
