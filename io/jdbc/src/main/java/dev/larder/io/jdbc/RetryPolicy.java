package dev.larder.io.jdbc;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often and after what time a broken range is tried again.
 *
 * @param attempts in all, at least 1
 * @param firstWait before the second attempt; every further wait is twice as long
 */
public record RetryPolicy(int attempts, Duration firstWait) implements Serializable {
  /** Five attempts within some 15 seconds. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofSeconds(1));

  public RetryPolicy {
    if (attempts < 1 || firstWait.isNegative()) {
      throw new IllegalArgumentException(attempts + " attempts, " + firstWait);
    }
  }

  /** The wait before an attempt, the second of which is 2. */
  Duration waitBefore(int attempt) {
    return firstWait.multipliedBy(1L << Math.min(attempt - 2, 20));
  }
}
