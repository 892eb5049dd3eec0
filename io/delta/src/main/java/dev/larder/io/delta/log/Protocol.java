package dev.larder.io.delta.log;

import java.util.Set;

/**
 * The protocol action of a log: what a reader and a writer must be able to do.
 *
 * @param readerFeatures by name, if {@code reader} is 3
 * @param writerFeatures by name, if {@code writer} is 7
 */
record Protocol(int reader, int writer, Set<String> readerFeatures, Set<String> writerFeatures) {
  /** The protocol of the tables that we create. */
  static final Protocol OURS = new Protocol(1, 2, Set.of(), Set.of());
}
