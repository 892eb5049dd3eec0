package dev.larder.peers.bench;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/**
 * The benchmark's rows, about 120 bytes each: hash key and hash diff of 32 bytes that look random,
 * two texts, an amount, and a validity. A row is the same for the same number in every JVM.
 */
final class Satellite {
  static final String TABLE = "bench/satellite";

  /** 9999-12-31 23:59:59 UTC. */
  static final long OPEN_END = 253_402_300_799_000_000L;

  static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.required("hashdiff", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("status", ColumnType.STRING),
          Column.nullable("amount", ColumnType.decimal(12, 2)),
          Column.nullable("valid_from", ColumnType.TIMESTAMP),
          Column.nullable("valid_to", ColumnType.TIMESTAMP),
          Column.nullable("is_current", ColumnType.BOOLEAN));

  private static final long START = 1_700_000_000_000_000L;
  private static final long DAY = 86_400_000_000L;
  private static final String[] STATUS = {"placed", "baked", "delivered", "paid"};

  private Satellite() {}

  /** The row of a key; each version has another hash diff, amount and start. */
  static Object[] row(long key, int version) {
    long mixed = mix(key * 31 + version);
    return new Object[] {
      hash(key),
      hash(~(key * 31 + version)),
      "customer number " + key % 1_000_003,
      STATUS[(int) (mixed & 3)],
      BigDecimal.valueOf(mixed >>> 44, 2),
      START + key % 1_000_000 + version * DAY,
      null,
      null
    };
  }

  private static byte[] hash(long seed) {
    long a = mix(seed);
    long b = mix(a);
    long c = mix(b);
    return ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(mix(c)).array();
  }

  /** SplitMix64. */
  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
