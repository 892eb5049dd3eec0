package dev.larder.pipelines.run;

import java.time.Duration;
import java.util.Locale;

/** How fast something goes, in words. */
final class Rate {

  private Rate() {}

  /** {@code 12,345 rows/s}. */
  static String of(long rows, Duration took) {
    return String.format(Locale.ROOT, "%,d rows/s", perSecond(rows, took));
  }

  static long perSecond(long rows, Duration took) {
    return rows * 1000 / Math.max(1, took.toMillis());
  }

  /** {@code 12,345 rows/s, 20 s left}; without a time left while nothing is known. */
  static String of(long rows, long estimate, long startNanos) {
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    long rate = perSecond(rows, took);
    String left = rate == 0 || estimate <= rows ? "" : ", " + (estimate - rows) / rate + " s left";
    return of(rows, took) + left;
  }
}
