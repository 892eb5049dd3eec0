package dev.larder.transforms.snapshot;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Hash keys with load times and sequences of one source, encoded: what crosses the shuffle instead
 * of rows. 42 bytes a version of a SHA-256 key without sequence.
 */
final class KeyBlock {
  private static final int HEADER = 2 * Integer.BYTES;

  private final int source;
  private final int rows;
  private final byte[] bytes;

  private KeyBlock(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    this.source = header.getInt();
    this.rows = header.getInt();
    this.bytes = bytes;
  }

  /**
   * @param encoded by a {@link Builder}
   */
  static KeyBlock of(byte[] encoded) {
    return new KeyBlock(encoded);
  }

  /** Which of the inputs the rows are of. */
  int source() {
    return source;
  }

  int rows() {
    return rows;
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Walks over the rows without making objects of them. */
  final class Cursor {
    private int read;
    private int position = HEADER;
    private int key;
    private int keyLength;
    private long time;
    private int sequence;
    private int sequenceLength;

    boolean next() {
      if (read++ == rows) {
        return false;
      }
      keyLength = length();
      key = position;
      position += keyLength;
      time = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        time = time << Byte.SIZE | bytes[position++] & 0xFF;
      }
      sequenceLength = length();
      sequence = position;
      position += sequenceLength;
      return true;
    }

    private int length() {
      int first = bytes[position++] & 0xFF;
      return first < 0x80 ? first : first & 0x7F | (bytes[position++] & 0xFF) << 7;
    }

    byte[] bytes() {
      return bytes;
    }

    int key() {
      return key;
    }

    int keyLength() {
      return keyLength;
    }

    byte[] copyOfKey() {
      return Arrays.copyOfRange(bytes, key, key + keyLength);
    }

    long time() {
      return time;
    }

    int sequence() {
      return sequence;
    }

    int sequenceLength() {
      return sequenceLength;
    }
  }

  /** Collects rows. */
  static final class Builder {
    private static final int MAX_LENGTH = (1 << 15) - 1;
    private static final byte[] NONE = {};

    private final int source;
    private byte[] bytes = new byte[1 << 10];
    private int size = HEADER;
    private int rows;

    Builder(int source) {
      this.source = source;
    }

    /**
     * @param sequence null for none
     */
    void add(byte[] key, long time, byte[] sequence) {
      byte[] text = sequence == null ? NONE : sequence;
      int more = key.length + text.length + Long.BYTES + 4;
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
      }
      put(key);
      for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        bytes[size++] = (byte) (time >>> shift);
      }
      put(text);
      rows++;
    }

    private void put(byte[] text) {
      if (text.length > MAX_LENGTH) {
        throw new IllegalArgumentException("a key or sequence of " + text.length + " bytes");
      }
      if (text.length < 0x80) {
        bytes[size++] = (byte) text.length;
      } else {
        bytes[size++] = (byte) (text.length & 0x7F | 0x80);
        bytes[size++] = (byte) (text.length >>> 7);
      }
      System.arraycopy(text, 0, bytes, size, text.length);
      size += text.length;
    }

    int size() {
      return size;
    }

    byte[] build() {
      ByteBuffer.wrap(bytes).putInt(source).putInt(rows);
      return Arrays.copyOf(bytes, size);
    }
  }
}
