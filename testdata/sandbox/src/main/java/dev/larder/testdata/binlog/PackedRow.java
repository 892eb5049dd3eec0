package dev.larder.testdata.binlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The texts of a row in one array of bytes, a fifth of what they take as strings: an oracle holds
 * millions of rows. Each text is the number of its bytes and one more, seven bits a byte, and its
 * UTF-8; 0 is null.
 *
 * <p><b>Cost</b>: a look at the k-th text passes the k-1 before it.
 */
final class PackedRow extends AbstractList<String> implements RandomAccess {
  private static final int LOW = 0x7f;
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final int size;
  private final byte[] bytes;

  private PackedRow(int size, byte[] bytes) {
    this.size = size;
    this.bytes = bytes;
  }

  static List<String> of(String... texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] utf8 = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
      int head = utf8 == null ? 0 : utf8.length + 1;
      for (; head > LOW; head >>>= BITS) {
        out.write((head & LOW) | MORE);
      }
      out.write(head);
      if (utf8 != null) {
        out.writeBytes(utf8);
      }
    }
    return new PackedRow(texts.length, out.toByteArray());
  }

  @Override
  public String get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int at = 0;
    for (int column = 0; ; column++) {
      int head = 0;
      int shift = 0;
      while (bytes[at] < 0) {
        head |= (bytes[at++] & LOW) << shift;
        shift += BITS;
      }
      head |= bytes[at++] << shift;
      int length = Math.max(0, head - 1);
      if (column == index) {
        return head == 0 ? null : new String(bytes, at, length, StandardCharsets.UTF_8);
      }
      at += length;
    }
  }

  @Override
  public int size() {
    return size;
  }

  /** As of any list: the same texts in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PackedRow row
        ? size == row.size && Arrays.equals(bytes, row.bytes)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
