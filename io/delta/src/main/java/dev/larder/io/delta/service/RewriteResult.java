package dev.larder.io.delta.service;

import java.io.Serializable;

/**
 * What became of file groups.
 *
 * @param commits versions that were made
 * @param rows that were written anew
 * @param setsGivenUp sets of files that other writers kept changing
 */
public record RewriteResult(
    int commits,
    long rows,
    int filesRemoved,
    long bytesRemoved,
    int filesAdded,
    long bytesAdded,
    int setsGivenUp)
    implements Serializable {
  public static final RewriteResult NOTHING = new RewriteResult(0, 0, 0, 0, 0, 0, 0);

  static RewriteResult givenUp(int sets) {
    return new RewriteResult(0, 0, 0, 0, 0, 0, sets);
  }

  public RewriteResult plus(RewriteResult other) {
    return new RewriteResult(
        commits + other.commits,
        rows + other.rows,
        filesRemoved + other.filesRemoved,
        bytesRemoved + other.bytesRemoved,
        filesAdded + other.filesAdded,
        bytesAdded + other.bytesAdded,
        setsGivenUp + other.setsGivenUp);
  }
}
