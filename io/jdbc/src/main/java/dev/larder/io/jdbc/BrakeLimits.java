package dev.larder.io.jdbc;

import java.io.Serializable;
import java.time.Duration;

/**
 * When reading pauses so that those who work with a database do not notice it.
 *
 * @param maxThreadsRunning pause while more threads than these work in the server, Larder's own not
 *     counted; 0 for no limit
 * @param maxReplicaLag pause while the server, itself a replica, is further behind than this; null
 *     for no limit
 */
public record BrakeLimits(int maxThreadsRunning, Duration maxReplicaLag) implements Serializable {
  /** Never pauses. */
  public static final BrakeLimits NONE = new BrakeLimits(0, null);

  public BrakeLimits {
    if (maxThreadsRunning < 0 || (maxReplicaLag != null && maxReplicaLag.isNegative())) {
      throw new IllegalArgumentException(maxThreadsRunning + " threads, lag " + maxReplicaLag);
    }
  }

  /** Whether there is anything to watch. */
  public boolean isNone() {
    return maxThreadsRunning == 0 && maxReplicaLag == null;
  }

  /**
   * Asks a server once for what these limits are about, to know early that it tells.
   *
   * @throws dev.larder.io.changes.SourceException if the user may not know, or the server is no
   *     replica
   */
  public static void check(Source source, BrakeLimits limits) {
    SourceBrake.check(source, limits);
  }
}
