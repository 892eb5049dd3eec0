package dev.larder.io.delta;

import dev.larder.io.changes.RowCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /** Deterministic: parts are keys of a shuffle. */
  public static final class PartCoder extends AtomicCoder<TablePart> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(TablePart part, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      RowCodec.writeText(part.table, out);
      RowCodec.writeLong(part.part, out);
      out.flush();
    }

    @Override
    public TablePart decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      return new TablePart(RowCodec.readText(in), (int) RowCodec.readLong(in));
    }
  }
}
