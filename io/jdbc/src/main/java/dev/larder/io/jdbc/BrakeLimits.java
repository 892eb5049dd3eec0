package dev.larder.io.jdbc;

import java.io.Serializable;
import java.time.Duration;

/**
 * How slowly a source is read, and when reading pauses, so that those who work with a database do
 * not notice it.
 *
 * @param maxThreadsRunning pause while more threads than these work in the server, Larder's own not
 *     counted; 0 for no limit
 * @param maxReplicaLag pause while the server, itself a replica, is further behind than this; null
 *     for no limit
 * @param maxRowsPerSecond rows that one worker process reads from the source in a second, by all of
 *     its connections together; 0 for no limit
 */
public record BrakeLimits(int maxThreadsRunning, Duration maxReplicaLag, long maxRowsPerSecond)
    implements Serializable {
  /** As fast as it goes, without a pause. */
  public static final BrakeLimits NONE = new BrakeLimits(0, null, 0);

  /** With a pace, connections are to get rows in so many turns a second at the least. */
  private static final int TURNS_PER_SECOND = 20;

  private static final int FEWEST_ROWS = 100;

  public BrakeLimits {
    if (maxThreadsRunning < 0
        || (maxReplicaLag != null && maxReplicaLag.isNegative())
        || maxRowsPerSecond < 0) {
      throw new IllegalArgumentException(
          maxThreadsRunning + " threads, lag " + maxReplicaLag + ", " + maxRowsPerSecond + " rows");
    }
  }

  /** Without a limit of rows. */
  public BrakeLimits(int maxThreadsRunning, Duration maxReplicaLag) {
    this(maxThreadsRunning, maxReplicaLag, 0);
  }

  /** The same pauses, with this limit of rows; 0 for none. */
  public BrakeLimits withMaxRowsPerSecond(long rows) {
    return new BrakeLimits(maxThreadsRunning, maxReplicaLag, rows);
  }

  /** The share of one of several workers in a limit of rows that all of them keep together. */
  public BrakeLimits ofOneAmong(int workers) {
    return maxRowsPerSecond == 0
        ? this
        : withMaxRowsPerSecond(Math.max(1, maxRowsPerSecond / workers));
  }

  /** Whether the server's state is to be watched. */
  boolean watches() {
    return maxThreadsRunning > 0 || maxReplicaLag != null;
  }

  /** How many rows a connection may fetch at once: few where they are to come evenly. */
  int fetchSize(int wanted) {
    return maxRowsPerSecond == 0
        ? wanted
        : (int) Math.min(wanted, Math.max(FEWEST_ROWS, maxRowsPerSecond / TURNS_PER_SECOND));
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
