package dev.larder.io.delta;

import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.SerializableCoder;

/**
 * What a bundle brings for a part of a table: rows, or files that it has written of rows. Both go
 * through one shuffle, so that a bundle that is run again brings both anew or neither: which rows
 * became files and which did not may differ from one run to the next.
 */
sealed interface BundlePart permits RowBlock, BundlePart.Written {

  /** So many rows came. */
  long rows();

  /**
   * Files that hold rows of a table that is appended to.
   *
   * @param schema all columns of the rows, partition columns included
   * @param files none if the batch was found committed already
   */
  record Written(long rows, RowSchema schema, List<DataFile> files)
      implements BundlePart, Serializable {
    public Written {
      files = List.copyOf(files);
    }
  }

  /** One byte says which of both follows. */
  final class PartCoder extends AtomicCoder<BundlePart> {
    private static final long serialVersionUID = 1L;
    private static final int BLOCK = 0;
    private static final int WRITTEN = 1;
    private static final SerializableCoder<Written> FILES = SerializableCoder.of(Written.class);
    private static final RowBlock.BlockCoder BLOCKS = new RowBlock.BlockCoder();

    @Override
    public void encode(BundlePart part, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      if (part instanceof RowBlock block) {
        RowCodec.writeLong(BLOCK, out);
        out.flush();
        BLOCKS.encode(block, stream);
      } else {
        RowCodec.writeLong(WRITTEN, out);
        out.flush();
        FILES.encode((Written) part, stream);
      }
    }

    @Override
    public BundlePart decode(InputStream stream) throws IOException {
      return RowCodec.readLong(new DataInputStream(stream)) == BLOCK
          ? BLOCKS.decode(stream)
          : FILES.decode(stream);
    }
  }
}
