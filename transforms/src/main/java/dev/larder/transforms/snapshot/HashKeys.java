package dev.larder.transforms.snapshot;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hash keys as bytes, whatever a table stores them as. */
final class HashKeys {
  private static final int PREFIX = 4;
  private static final int PRIME = 0x9E3779B1;

  private HashKeys() {}

  /** The bytes of a stored key: those of binary, those of UTF-8 for text. */
  static byte[] bytes(Object key) {
    return key instanceof byte[] binary ? binary : ((String) key).getBytes(StandardCharsets.UTF_8);
  }

  /** The stored form of a key's bytes. */
  static Object value(ColumnType type, byte[] key) {
    return type.kind() == Kind.BINARY ? key : new String(key, StandardCharsets.UTF_8);
  }

  /** The stored form of a key that is given as hexadecimal digits. */
  static Object ofHex(ColumnType type, String digits) {
    return type.kind() == Kind.BINARY ? HexFormat.of().parseHex(digits) : digits;
  }

  /**
   * In which of several ranges a key lies. Binary hash keys are dealt out in their order, so that a
   * range is one of keys, too; others by a hash of their bytes.
   */
  static int range(ColumnType type, byte[] key, int ranges) {
    long place = 0;
    if (type.kind() == Kind.BINARY && key.length >= PREFIX) {
      for (int i = 0; i < PREFIX; i++) {
        place = place << Byte.SIZE | key[i] & 0xFF;
      }
    } else {
      place = Integer.toUnsignedLong(hash(key, 0, key.length));
    }
    return (int) (place * ranges >>> Integer.SIZE);
  }

  /** Spreads keys that are no hashes, too. */
  static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash = (hash ^ hash >>> 15) * PRIME;
    return hash ^ hash >>> 13;
  }
}
