package dev.larder.transforms.snapshot;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;

/** Times and dates as microseconds since the epoch, and back. */
final class Times {
  static final long MICROS_PER_DAY = 86_400_000_000L;

  private Times() {}

  static void requireTime(ColumnType type) {
    if (type.kind() != Kind.TIMESTAMP && type.kind() != Kind.DATETIME && type.kind() != Kind.DATE) {
      throw new IllegalArgumentException(type + " is no type of a time");
    }
  }

  /** Of a canonical value; a date is the midnight with which it begins, UTC. */
  static long micros(Object value) {
    return value instanceof Integer day ? day * MICROS_PER_DAY : (Long) value;
  }

  /** The canonical value; a date is the one that the time lies in, UTC. */
  static Object value(ColumnType type, long micros) {
    if (type.kind() == Kind.DATE) {
      return (int) Math.floorDiv(micros, MICROS_PER_DAY);
    }
    return micros;
  }
}
