package dev.larder.runners.direct;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * How often which lines were told, without the lines: 64 bits of each, so that tables of millions
 * of versions can be compared. Two tellings that differ in one version are taken for the same once
 * in 2^64 times.
 */
final class LineHashes implements Lines {
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final int HALF = 32;

  private long[] hashes = new long[1 << 10];
  private int size;

  static long of(String key, String line) {
    return mixed(line, mixed(key, 1));
  }

  private static long mixed(String text, long seed) {
    long hash = (seed + text.length()) * ODD;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * ODD;
      hash ^= hash >>> HALF;
    }
    return hash;
  }

  @Override
  public void add(String key, String line) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    hashes[size++] = of(key, line);
  }

  int size() {
    return size;
  }

  /** To be called when all are told. */
  LineHashes sorted() {
    Arrays.sort(hashes, 0, size);
    return this;
  }

  /** Keeps one of those that are the same, and says how many were more than one. */
  int dropRepeated() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || hashes[i] != hashes[i - 1]) {
        hashes[kept++] = hashes[i];
      }
    }
    int dropped = size - kept;
    size = kept;
    return dropped;
  }

  boolean isSame(LineHashes other) {
    return Arrays.equals(hashes, 0, size, other.hashes, 0, other.size);
  }

  /** Those that the other has not, or not as often. */
  Set<Long> without(LineHashes other) {
    Set<Long> alone = new HashSet<>();
    int theirs = 0;
    for (int i = 0; i < size; i++) {
      while (theirs < other.size && other.hashes[theirs] < hashes[i]) {
        theirs++;
      }
      if (theirs < other.size && other.hashes[theirs] == hashes[i]) {
        theirs++;
      } else {
        alone.add(hashes[i]);
      }
    }
    return alone;
  }
}
