package dev.larder.transforms.snapshot;

import dev.larder.io.changes.RowCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What one row says of a link. */
sealed interface LegFact {

  /**
   * The link itself.
   *
   * @param from the key by which it is met
   * @param to the keys that it leads to
   * @param loadedAt microseconds since the epoch; before all times if it does not count
   */
  record Link(byte[] from, byte[][] to, long loadedAt) implements LegFact {}

  /**
   * A row of a satellite.
   *
   * @param table which one of several
   * @param time microseconds since the epoch, from which on the row holds
   * @param sequence among rows of one time; empty for none
   * @param isOpen whether the link holds then
   */
  record State(int table, long time, String sequence, boolean isOpen) implements LegFact {}

  /** For the shuffle. */
  default byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (this instanceof Link link) {
        out.writeBoolean(true);
        RowCodec.writeBytes(link.from, out);
        RowCodec.writeLong(link.to.length, out);
        for (byte[] key : link.to) {
          RowCodec.writeBytes(key, out);
        }
        out.writeLong(link.loadedAt);
      } else if (this instanceof State state) {
        out.writeBoolean(false);
        RowCodec.writeLong(state.table, out);
        out.writeLong(state.time);
        RowCodec.writeText(state.sequence, out);
        out.writeBoolean(state.isOpen);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static LegFact decode(byte[] encoded) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      if (in.readBoolean()) {
        byte[] from = RowCodec.readBytes(in);
        byte[][] to = new byte[(int) RowCodec.readLong(in)][];
        for (int i = 0; i < to.length; i++) {
          to[i] = RowCodec.readBytes(in);
        }
        return new Link(from, to, in.readLong());
      }
      return new State(
          (int) RowCodec.readLong(in), in.readLong(), RowCodec.readText(in), in.readBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
