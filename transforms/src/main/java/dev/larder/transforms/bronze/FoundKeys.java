package dev.larder.transforms.bronze;

import dev.larder.transforms.bronze.ReadComparison.Found;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found of all keys, in sorted blocks: 16 bytes for a key that is not as it was.
 */
final class FoundKeys {
  private final int parts;
  private final Map<Integer, List<ByteBuffer>> blocks = new HashMap<>();

  /**
   * @param parts of how many parts the blocks are
   */
  FoundKeys(int parts) {
    this.parts = parts;
  }

  /** A block: what was found, then the keys. */
  static byte[] block(Found found, List<KeyHash> sorted) {
    ByteBuffer block = ByteBuffer.allocate(1 + sorted.size() * KeyHash.BYTES);
    block.put((byte) found.ordinal());
    sorted.forEach(key -> key.write(block));
    return block.array();
  }

  /**
   * @param block of at least one key; all keys of one part
   */
  void add(byte[] block) {
    ByteBuffer bytes = ByteBuffer.wrap(block);
    int part = key(bytes, 0).part(parts);
    blocks.computeIfAbsent(part, any -> new ArrayList<>(1)).add(bytes);
  }

  /** What was found of a key; null if it is as it was. */
  Found find(KeyHash key) {
    for (ByteBuffer block : blocks.getOrDefault(key.part(parts), List.of())) {
      if (contains(block, key)) {
        return Found.values()[block.get(0)];
      }
    }
    return null;
  }

  private static boolean contains(ByteBuffer block, KeyHash key) {
    int low = 0;
    int high = (block.capacity() - 1) / KeyHash.BYTES - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = key(block, middle).compareTo(key);
      if (order == 0) {
        return true;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  private static KeyHash key(ByteBuffer block, int number) {
    int at = 1 + number * KeyHash.BYTES;
    return new KeyHash(block.getLong(at), block.getLong(at + Long.BYTES));
  }
}
