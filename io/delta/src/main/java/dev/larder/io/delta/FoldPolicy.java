package dev.larder.io.delta;

import dev.larder.io.delta.log.DataFile;
import java.util.Comparator;
import java.util.List;

/**
 * Which small files to fold into one. Files of like size are folded, smallest first, so that a row
 * is rewritten a number of times that grows with the logarithm of the table, not with the number of
 * batches.
 */
public final class FoldPolicy {
  private static final long SMALL = 32L << 20;
  private static final long TINY = 64L << 10;
  private static final int RATIO = 2;

  /** So many bytes are folded at once, that no commit waits long for it. */
  private static final long FOLDED = 64L << 20;

  private FoldPolicy() {}

  /**
   * @param files of one bucket
   * @param limit so many like files may stay
   * @return the files to fold; empty if there are not more than {@code limit} of them
   */
  public static List<DataFile> choose(List<DataFile> files, int limit) {
    if (files.size() <= limit) {
      return List.of();
    }
    List<DataFile> small =
        files.stream()
            .filter(file -> file.size() < SMALL)
            .sorted(Comparator.comparingLong(DataFile::size))
            .toList();
    for (int start = 0; start + limit < small.size(); start++) {
      int end = endOfRun(small, start);
      if (end - start > limit) {
        return small.subList(start, end);
      }
    }
    return List.of();
  }

  /**
   * The end of the longest run of like files: none is larger than twice all before it, all together
   * are worth one commit's time.
   */
  private static int endOfRun(List<DataFile> sorted, int start) {
    long sum = Math.max(TINY / RATIO, sorted.get(start).size());
    int end = start + 1;
    while (end < sorted.size()
        && sorted.get(end).size() <= RATIO * sum
        && sum + sorted.get(end).size() <= FOLDED) {
      sum += sorted.get(end++).size();
    }
    return end;
  }
}
