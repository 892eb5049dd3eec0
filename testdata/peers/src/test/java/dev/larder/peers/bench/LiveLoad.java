package dev.larder.peers.bench;

/**
 * What a {@link LiveWriter} does to the orders.
 *
 * @param orders that are there at first
 * @param rate changes a second
 * @param transaction changes in one
 * @param seconds after a warm-up
 * @param creates of 100 changes
 * @param deletes of 100 changes; the others are updates
 */
record LiveLoad(int orders, int rate, int transaction, int seconds, int creates, int deletes) {
  static final int WARM_UP_SECONDS = 30;

  /** Changes before what is measured. */
  long warmUp() {
    return (long) rate * WARM_UP_SECONDS;
  }

  /** Changes, those of the warm-up included. */
  long count() {
    return warmUp() + (long) rate * seconds;
  }
}
