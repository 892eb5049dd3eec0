package dev.larder.peers.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * The commit that every side makes: look at the latest version, replace one live file by another in
 * a new version, look at that. Prints the first one's and the median milliseconds.
 */
final class Commits {
  static final String STATS =
      "{\"numRecords\":1000,\"minValues\":{\"name\":\"aaaaaaaaaaaaaaaaaaaa\",\"total\":1.00},"
          + "\"maxValues\":{\"name\":\"zzzzzzzzzzzzzzzzzzzz\",\"total\":99999999.99},"
          + "\"nullCount\":{\"hk\":0,\"name\":0,\"total\":0}}";

  private Commits() {}

  /** One commit of a side; {@code number} counts from 0. */
  interface Side {
    void commit(int number);
  }

  @SuppressWarnings("SystemOut") // a side speaks to the job by its standard output
  static void measure(String name, int count, Side side) {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      side.commit(i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    double first = millis[0];
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s commits=%d firstMillis=%.2f medianMillis=%.2f%n",
        name,
        count,
        first,
        millis[count / 2]);
  }
}
