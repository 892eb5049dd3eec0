package dev.larder.transforms.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The versions of one satellite for the keys of a range, in order of (key, load time, sequence), in
 * arrays.
 */
final class Versions {
  private static final int SHORT = 32;

  private final int[] starts;
  private final long[] times;
  private final int[] sequences;
  private final byte[] text;

  private Versions(int[] starts, long[] times, int[] sequences, byte[] text) {
    this.starts = starts;
    this.times = times;
    this.sequences = sequences;
    this.text = text;
  }

  /** The place of a key's first version; that of the next key's ends them. */
  int start(int key) {
    return starts[key];
  }

  long time(int version) {
    return times[version];
  }

  String sequence(int version) {
    int place = sequences[version];
    return new String(text, place + 1, text[place] & 0xFF, StandardCharsets.UTF_8);
  }

  /** Collects versions in any order. */
  static final class Builder {
    private int[] keys = new int[1 << 10];
    private long[] times = new long[1 << 10];
    private int[] sequences = {};
    private byte[] text = {};
    private int textSize;
    private int size;

    void add(int key, KeyBlock.Cursor version) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
        times = Arrays.copyOf(times, size * 2);
      }
      keys[size] = key;
      times[size] = version.time();
      if (version.sequenceLength() > 0) {
        addSequence(version);
      }
      size++;
    }

    private void addSequence(KeyBlock.Cursor version) {
      int length = version.sequenceLength();
      if (length > 0xFF) {
        throw new IllegalArgumentException("a sequence of " + length + " bytes");
      }
      if (sequences.length < keys.length) {
        sequences = Arrays.copyOf(sequences, keys.length);
      }
      if (text.length - textSize <= length) {
        text = Arrays.copyOf(text, Math.max(text.length * 2, textSize + length + (1 << 10)));
      }
      sequences[size] = textSize;
      text[textSize++] = (byte) length;
      System.arraycopy(version.bytes(), version.sequence(), text, textSize, length);
      textSize += length;
    }

    /**
     * @param keyCount keys are below it
     */
    Versions build(int keyCount) {
      int[] starts = new int[keyCount + 1];
      for (int i = 0; i < size; i++) {
        starts[keys[i] + 1]++;
      }
      for (int i = 0; i < keyCount; i++) {
        starts[i + 1] += starts[i];
      }
      int[] next = Arrays.copyOf(starts, keyCount);
      int[] order = new int[size];
      for (int i = 0; i < size; i++) {
        order[next[keys[i]]++] = i;
      }
      for (int key = 0; key < keyCount; key++) {
        sort(order, starts[key], starts[key + 1]);
      }
      long[] sortedTimes = new long[size];
      int[] sortedSequences = new int[sequences.length == 0 ? 0 : size];
      for (int i = 0; i < size; i++) {
        sortedTimes[i] = times[order[i]];
        if (sortedSequences.length > 0) {
          sortedSequences[i] = sequences[order[i]];
        }
      }
      return new Versions(starts, sortedTimes, sortedSequences, text);
    }

    private void sort(int[] order, int from, int to) {
      if (to - from > SHORT) {
        int[] sorted =
            IntStream.range(from, to)
                .mapToObj(i -> order[i])
                .sorted(Comparator.comparing(i -> i, this::compare))
                .mapToInt(i -> i)
                .toArray();
        System.arraycopy(sorted, 0, order, from, sorted.length);
        return;
      }
      for (int i = from + 1; i < to; i++) {
        int moved = order[i];
        int place = i;
        for (; place > from && compare(order[place - 1], moved) > 0; place--) {
          order[place] = order[place - 1];
        }
        order[place] = moved;
      }
    }

    private int compare(int left, int right) {
      int byTime = Long.compare(times[left], times[right]);
      if (byTime != 0 || sequences.length == 0) {
        return byTime;
      }
      int a = sequences[left];
      int b = sequences[right];
      return Arrays.compareUnsigned(
          text, a + 1, a + 1 + (text[a] & 0xFF), text, b + 1, b + 1 + (text[b] & 0xFF));
    }
  }
}
