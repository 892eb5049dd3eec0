package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 128 bits of the SHA-256 of a row's table and key: two keys that share them are not expected in
 * any table. A row without a key is its own key, in all its columns.
 */
record KeyHash(long high, long low) implements Comparable<KeyHash> {
  static final int BYTES = 2 * Long.BYTES;

  /** Hashes keys. Not for two threads. */
  static final class Of {
    private final MessageDigest digest;

    Of() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    KeyHash hash(ChangeRecord row) {
      TableSchema table = row.table();
      TableSchema keyed =
          table.key().isEmpty()
              ? new TableSchema(table.id(), table.columns(), table.columns().names())
              : table;
      String key = SnapshotRepair.key(keyed, row.image());
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
      return new KeyHash(hash.getLong(), hash.getLong());
    }
  }

  static KeyHash read(ByteBuffer bytes) {
    return new KeyHash(bytes.getLong(), bytes.getLong());
  }

  void write(ByteBuffer bytes) {
    bytes.putLong(high).putLong(low);
  }

  /** Which of some parts of all keys it belongs to. */
  int part(int parts) {
    return Math.floorMod(high, parts);
  }

  @Override
  public int compareTo(KeyHash other) {
    return high != other.high ? Long.compare(high, other.high) : Long.compare(low, other.low);
  }
}
