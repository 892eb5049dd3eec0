package dev.larder.io.delta;

import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.change.BagDifference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * Encoded rows of one version and one side: what crosses the shuffle instead of rows.
 *
 * @param added whether a version's new files hold the rows, or those that it removed
 */
record ChangeBlock(RowSchema schema, boolean added, int rows, byte[] encoded) {

  void addTo(BagDifference bags) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      for (int i = 0; i < rows; i++) {
        Object[] row = RowCodec.read(schema, in);
        if (added) {
          bags.add(row);
        } else {
          bags.remove(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects rows. */
  static final class Builder {
    private final RowSchema schema;
    private final boolean added;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private int rows;

    Builder(RowSchema schema, boolean added) {
      this.schema = schema;
      this.added = added;
    }

    /** Returns the block's bytes so far. */
    int add(Object[] row) {
      try {
        RowCodec.write(schema, row, out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      rows++;
      return bytes.size();
    }

    ChangeBlock build() {
      return new ChangeBlock(schema, added, rows, bytes.toByteArray());
    }
  }

  /** The schema stands once in a block. */
  static final class BlockCoder extends AtomicCoder<ChangeBlock> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(ChangeBlock block, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      RowCodec.writeSchema(block.schema, out);
      out.writeBoolean(block.added);
      RowCodec.writeLong(block.rows, out);
      RowCodec.writeBytes(block.encoded, out);
      out.flush();
    }

    @Override
    public ChangeBlock decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      return new ChangeBlock(
          RowCodec.readSchema(in),
          in.readBoolean(),
          (int) RowCodec.readLong(in),
          RowCodec.readBytes(in));
    }
  }
}
