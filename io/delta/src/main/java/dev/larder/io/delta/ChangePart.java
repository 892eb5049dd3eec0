package dev.larder.io.delta;

import dev.larder.io.changes.RowCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * Rows of one version that may be counterparts of each other.
 *
 * @param committedAt microseconds since the epoch
 */
record ChangePart(String table, long version, long committedAt, List<String> key, int part) {

  /** Deterministic: parts are keys of a shuffle. */
  static final class PartCoder extends AtomicCoder<ChangePart> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(ChangePart part, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      RowCodec.writeText(part.table, out);
      RowCodec.writeLong(part.version, out);
      RowCodec.writeLong(part.committedAt, out);
      RowCodec.writeLong(part.key.size(), out);
      for (String column : part.key) {
        RowCodec.writeText(column, out);
      }
      RowCodec.writeLong(part.part, out);
      out.flush();
    }

    @Override
    public ChangePart decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      String table = RowCodec.readText(in);
      long version = RowCodec.readLong(in);
      long committedAt = RowCodec.readLong(in);
      List<String> key = new ArrayList<>();
      for (long i = RowCodec.readLong(in); i > 0; i--) {
        key.add(RowCodec.readText(in));
      }
      return new ChangePart(
          table, version, committedAt, List.copyOf(key), (int) RowCodec.readLong(in));
    }
  }
}
