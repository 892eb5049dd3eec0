package dev.larder.io.delta.bench;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/**
 * Rows of a satellite, about 110 bytes each: hash key and hash diff of 32 bytes that look random, a
 * sequence, two texts, an amount and a time. The same for the same number in every JVM.
 */
public final class SatelliteRows {
  private static final long START = 1_700_000_000_000_000L;

  public static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.required("hashdiff", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("status", ColumnType.STRING),
          Column.nullable("amount", ColumnType.decimal(12, 2)),
          Column.nullable("valid_from", ColumnType.TIMESTAMP),
          Column.nullable("valid_to", ColumnType.TIMESTAMP),
          Column.nullable("is_current", ColumnType.BOOLEAN));

  private static final String[] STATUS = {"placed", "baked", "delivered", "paid"};

  private SatelliteRows() {}

  /**
   * @param version 0 for the first row of a key; each has another hash diff, amount and a time of
   *     its own
   */
  public static Object[] row(long key, int version) {
    long mixed = mix(key * 31 + version);
    return new Object[] {
      hash(key),
      hash(~(key * 31 + version)),
      "customer " + key % 1_000_003,
      STATUS[(int) (mixed & 3)],
      BigDecimal.valueOf(mixed >>> 44, 2),
      START + key % 1_000_000 + version * 86_400_000_000L,
      null,
      null
    };
  }

  /** 32 bytes that look random. */
  public static byte[] hash(long seed) {
    long a = mix(seed);
    long b = mix(a);
    long c = mix(b);
    return ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(mix(c)).array();
  }

  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
