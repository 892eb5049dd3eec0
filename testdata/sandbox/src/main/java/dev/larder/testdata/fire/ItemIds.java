package dev.larder.testdata.fire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Which ids of items a writer may touch, and which of them there are. */
final class ItemIds {
  private final int part;
  private final int parts;
  private final int size;
  private final Random random;
  private final BitSet live = new BitSet();
  private final List<Deleted> deleted = new ArrayList<>();
  private long codes;

  /** An item that is gone. */
  record Deleted(int id, String code) {}

  /**
   * @param parts how many writers share the table; each has every so manieth id and its two gaps
   * @param items with which the table was made
   */
  ItemIds(int part, int parts, int items, Random random) {
    this.part = part;
    this.parts = parts;
    this.size = Math.max(items * FireDatabase.GAP, parts * FireDatabase.GAP * 16);
    this.random = random;
  }

  /** Forgets what it knew: only these are there. */
  void reset(Iterable<Integer> ids) {
    live.clear();
    deleted.clear();
    ids.forEach(live::set);
  }

  boolean isMine(int id) {
    return id / FireDatabase.GAP % parts == part;
  }

  private int any() {
    int group = random.nextInt(size / FireDatabase.GAP / parts) * parts + part;
    return group * FireDatabase.GAP + random.nextInt(FireDatabase.GAP);
  }

  /** An id that is there. */
  int taken() {
    for (int tries = 0; tries < 1_000; tries++) {
      int id = any();
      if (live.get(id)) {
        return id;
      }
    }
    return live.nextSetBit(0);
  }

  /** Different ids that are there, at most as many as asked for. */
  List<Integer> taken(int count) {
    return java.util.stream.Stream.generate(this::taken).limit(count).distinct().toList();
  }

  /** An id that is not there, taken from now on. */
  int fresh() {
    int id = any();
    while (live.get(id)) {
      id = any();
    }
    live.set(id);
    return id;
  }

  void gone(int id, String code) {
    live.clear(id);
    if (code != null) {
      deleted.add(new Deleted(id, code));
    }
  }

  /** Something that was deleted and is there again from now on, or null. */
  Deleted back() {
    if (deleted.isEmpty()) {
      return null;
    }
    Deleted one = deleted.remove(random.nextInt(deleted.size()));
    if (live.get(one.id)) {
      return null;
    }
    live.set(one.id);
    return one;
  }

  /** Hardly any is there. */
  boolean isLow() {
    return live.cardinality() < parts * 16;
  }

  /** Two thirds are there: twice as many as at first. */
  boolean isHigh() {
    return live.cardinality() * 3L > size / parts * 2L;
  }

  /** A code that no item has or had. */
  String code() {
    return "K" + part + "-" + codes++;
  }
}
