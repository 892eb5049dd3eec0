package dev.larder.io.delta;

import dev.larder.io.changes.RowBuffer;
import dev.larder.io.changes.RowCodec;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * The rows of a table that are merged or appended together.
 *
 * @param part a bucket of a merged table, {@link #WHOLE}, or any number for a table that is
 *     appended to
 */
public record TablePart(String table, int part) {
  /** All buckets at once. */
  public static final int WHOLE = -1;

  /**
   * Deterministic: parts are keys of a shuffle.
   *
   * <p>A runner that deals keys out by the hash of their bytes deals these out in turn: the last
   * bytes of a part are such that {@link java.util.Arrays#hashCode(byte[])} is its number among all
   * parts. By chance two of nine tables would often be merged one after the other, and the one with
   * the most work last, while other threads have nothing to do.
   */
  public static final class PartCoder extends AtomicCoder<TablePart> {
    private static final long serialVersionUID = 1L;
    private static final int BASE = 31;

    /** So many digits of the base that {@code hashCode} has make any hash. */
    private static final int DIGITS = 7;

    private static final int SHIFT = (int) Math.pow(BASE, DIGITS - 1) * BASE;

    private final TreeMap<String, Integer> first;

    /** For parts in no order. */
    public PartCoder() {
      this(Map.of());
    }

    /**
     * @param first by table the number of its first part; those of a table follow each other
     */
    PartCoder(Map<String, Integer> first) {
      this.first = new TreeMap<>(first);
    }

    @Override
    public void encode(TablePart part, OutputStream stream) throws IOException {
      RowBuffer out = new RowBuffer();
      RowCodec.writeText(part.table, out);
      RowCodec.writeLong(part.part, out);
      long rest = Integer.toUnsignedLong(number(part) - Arrays.hashCode(out.toByteArray()) * SHIFT);
      byte[] last = new byte[DIGITS];
      for (int i = DIGITS - 1; i >= 0; i--) {
        last[i] = (byte) (rest % BASE);
        rest /= BASE;
      }
      out.write(last);
      stream.write(out.toByteArray());
    }

    private int number(TablePart part) {
      return first.getOrDefault(part.table, first.size() + (part.table.hashCode() & BASE))
          + Math.max(0, part.part);
    }

    @Override
    public TablePart decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      TablePart part = new TablePart(RowCodec.readText(in), (int) RowCodec.readLong(in));
      in.readFully(new byte[DIGITS]);
      return part;
    }
  }
}
