package dev.larder.transforms.snapshot;

import dev.larder.io.changes.RowCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/**
 * Hash keys that belong together, and at which instants they do: a walk so far, or a link.
 *
 * @param keys in the order in which they are met; of a link: by which it is met, its own, to which
 *     it leads
 * @param at places of {@link AsOfs}
 */
record Path(byte[][] keys, BitSet at) {

  /** Keys of both, at the instants of both. */
  Path and(byte[][] more, BitSet moreAt) {
    byte[][] all = java.util.Arrays.copyOf(keys, keys.length + more.length);
    System.arraycopy(more, 0, all, keys.length, more.length);
    BitSet both = (BitSet) at.clone();
    both.and(moreAt);
    return new Path(all, both);
  }

  /**
   * @param tag tells what it is
   */
  byte[] encode(byte tag) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(keys.length * 33 + 16);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(tag);
      RowCodec.writeLong(keys.length, out);
      for (byte[] key : keys) {
        RowCodec.writeBytes(key, out);
      }
      RowCodec.writeBytes(at.toByteArray(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte tag(byte[] encoded) {
    return encoded[0];
  }

  static Path decode(byte[] encoded) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      in.readByte();
      byte[][] keys = new byte[(int) RowCodec.readLong(in)][];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = RowCodec.readBytes(in);
      }
      return new Path(keys, BitSet.valueOf(RowCodec.readBytes(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
