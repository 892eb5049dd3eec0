package dev.larder.transforms.snapshot;

/**
 * A satellite's columns of a PIT: for each key a cursor on the version that held at the last
 * instant asked for. Instants must not decrease.
 */
final class PitColumns {
  private final PitSpec spec;
  private final Versions versions;
  private final Object[] keys;
  private final int position;
  private final boolean hasSequence;
  private final int[] current;
  private final Object[] times;
  private final Object[] sequences;
  private final Object zeroKey;
  private final Object beginning;

  /**
   * @param keys the stored form of each key
   * @param position of the first of the columns in a row
   */
  PitColumns(PitSpec spec, Versions versions, Object[] keys, int position, boolean hasSequence) {
    this.spec = spec;
    this.versions = versions;
    this.keys = keys;
    this.position = position;
    this.hasSequence = hasSequence;
    this.current = new int[keys.length];
    this.times = new Object[keys.length];
    this.sequences = new Object[hasSequence ? keys.length : 0];
    this.zeroKey = HashKeys.ofHex(spec.types().hashKey(), spec.absent().zeroKey());
    this.beginning = Times.value(spec.types().time(), spec.absent().beginning());
    for (int i = 0; i < keys.length; i++) {
      current[i] = versions.start(i) - 1;
    }
  }

  /** Puts what holds for a key at an instant into a row. */
  void put(int key, long asOf, Object[] row) {
    int version = current[key];
    int end = versions.start(key + 1);
    while (version + 1 < end && versions.time(version + 1) <= asOf) {
      version++;
    }
    if (version != current[key]) {
      current[key] = version;
      times[key] = Times.value(spec.types().time(), versions.time(version));
      if (hasSequence) {
        sequences[key] = versions.sequence(version);
      }
    }
    boolean isThere = version >= versions.start(key);
    row[position] = isThere ? keys[key] : zeroKey;
    row[position + 1] = isThere ? times[key] : beginning;
    if (hasSequence) {
      row[position + 2] = isThere ? sequences[key] : spec.absent().sequence();
    }
  }
}
