package dev.larder.io.delta;

import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.merge.MergeRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encoded rows of one schema: what crosses the shuffle instead of rows. */
public final class RowBlock implements BundlePart, Iterable<MergeRule.Incoming> {
  private static final TableRow.Change[] CHANGES = TableRow.Change.values();

  private final RowSchema schema;
  private final int rows;
  private final byte[] encoded;

  private RowBlock(RowSchema schema, int rows, byte[] encoded) {
    this.schema = schema;
    this.rows = rows;
    this.encoded = encoded;
  }

  public RowSchema schema() {
    return schema;
  }

  @Override
  public long rows() {
    return rows;
  }

  /** Bytes of the encoded rows. */
  int size() {
    return encoded.length;
  }

  /** Equal for equal rows in equal order. */
  int contentHash() {
    return Arrays.hashCode(encoded);
  }

  /** The values of the first row; a block has one. */
  Object[] first() {
    return iterator().next().values();
  }

  /** The rows, decoded as one goes. */
  @Override
  public Iterator<MergeRule.Incoming> iterator() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
    return new Iterator<>() {
      private int read;

      @Override
      public boolean hasNext() {
        return read < rows;
      }

      @Override
      public MergeRule.Incoming next() {
        if (read++ == rows) {
          throw new NoSuchElementException();
        }
        return row(in);
      }
    };
  }

  private MergeRule.Incoming row(DataInputStream in) {
    try {
      Object[] values = RowCodec.read(schema, in);
      Sequence order =
          new Sequence(RowCodec.readLong(in), RowCodec.readLong(in), (int) RowCodec.readLong(in));
      return new MergeRule.Incoming(values, order, CHANGES[in.readByte()]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects rows of one schema. */
  public static final class Builder {
    private final RowSchema schema;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private int rows;

    public Builder(RowSchema schema) {
      this.schema = schema;
    }

    public RowSchema schema() {
      return schema;
    }

    public void add(TableRow row) {
      try {
        RowCodec.write(schema, row.values(), out);
        RowCodec.writeLong(row.order().file(), out);
        RowCodec.writeLong(row.order().position(), out);
        RowCodec.writeLong(row.order().row(), out);
        out.writeByte(row.change().ordinal());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      rows++;
    }

    int size() {
      return bytes.size();
    }

    public RowBlock build() {
      return new RowBlock(schema, rows, bytes.toByteArray());
    }
  }

  /** Blocks that are being built, one for each schema. */
  static final class Builders {
    private final List<Builder> open = new ArrayList<>(1);

    Builder of(RowSchema schema) {
      for (Builder builder : open) {
        if (builder.schema() == schema || builder.schema().equals(schema)) {
          return builder;
        }
      }
      Builder builder = new Builder(schema);
      open.add(builder);
      return builder;
    }

    void remove(Builder builder) {
      open.removeIf(each -> each == builder);
    }

    List<Builder> removeAll() {
      List<Builder> all = List.copyOf(open);
      open.clear();
      return all;
    }
  }

  /** The schema stands once in a block. */
  public static final class BlockCoder extends AtomicCoder<RowBlock> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(RowBlock block, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      RowCodec.writeSchema(block.schema, out);
      RowCodec.writeLong(block.rows, out);
      RowCodec.writeBytes(block.encoded, out);
      out.flush();
    }

    @Override
    public RowBlock decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      return new RowBlock(
          RowCodec.readSchema(in), (int) RowCodec.readLong(in), RowCodec.readBytes(in));
    }
  }
}
