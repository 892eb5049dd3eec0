package dev.larder.io.delta;

import dev.larder.io.changes.RowBuffer;
import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.merge.MergeRule;
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

/**
 * Encoded rows of one schema: what crosses the shuffle instead of rows, and what a merge holds
 * until it comes to them. Each row begins with a head of fixed size, by which rows are put in order
 * and skipped without being decoded. Rows stand in the order of their ranks: who goes through
 * several blocks by rank goes through each from its begin to its end.
 */
public final class RowBlock implements BundlePart, Iterable<MergeRule.Incoming> {
  private static final TableRow.Change[] CHANGES = TableRow.Change.values();
  private static final long LOWER_HALF = 0xFFFF_FFFFL;

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

  /**
   * A number, to be compared as signed, that orders rows by the upper half of their ranks and then
   * by their own numbers, which are the lower half.
   */
  static long ordered(long rank, int row) {
    return (rank ^ Long.MIN_VALUE) & ~LOWER_HALF | row;
  }

  /** The values of the first row; a block has one. */
  Object[] first() {
    return iterator().next().values();
  }

  /** The rows, decoded as one goes. */
  @Override
  public Iterator<MergeRule.Incoming> iterator() {
    Cursor cursor = new Cursor();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public MergeRule.Incoming next() {
        if (!cursor.hasNext()) {
          throw new NoSuchElementException();
        }
        cursor.advance();
        return cursor.row();
      }
    };
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Goes through the heads of the rows, or to any of them. Not for two threads. */
  final class Cursor {
    private final RowBytes in = new RowBytes(encoded);
    private int next;
    private int at;
    private long rank;
    private TableRow.Change change;

    boolean hasNext() {
      return next < encoded.length;
    }

    void advance() {
      moveTo(next);
    }

    /**
     * @param place of a row, as {@link #place} gave it
     */
    void moveTo(int place) {
      at = place;
      in.moveTo(place);
      try {
        rank = in.readLong();
        next = in.readInt() + place;
        change = CHANGES[in.readByte()];
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Where the row is in the block. */
    int place() {
      return at;
    }

    /** The rank of the row's key: {@link dev.larder.io.delta.merge.KeyRank}. */
    long rank() {
      return rank;
    }

    TableRow.Change change() {
      return change;
    }

    /** Decodes the row; once. */
    MergeRule.Incoming row() {
      try {
        Sequence order =
            new Sequence(RowCodec.readLong(in), RowCodec.readLong(in), (int) RowCodec.readLong(in));
        return new MergeRule.Incoming(RowCodec.read(schema, in), order, change);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Collects rows of one schema. */
  public static final class Builder {
    private final RowSchema schema;
    private final RowBuffer out = new RowBuffer();
    private int rows;

    public Builder(RowSchema schema) {
      this.schema = schema;
    }

    public RowSchema schema() {
      return schema;
    }

    /** Adds a row that is to be appended: its place among others does not matter. */
    public void add(TableRow row) {
      add(row, 0);
    }

    /**
     * @param rank of the row's key: {@link dev.larder.io.delta.merge.KeyRank}
     */
    void add(TableRow row, long rank) {
      add(row.values(), row.order(), row.change(), rank);
    }

    void add(Object[] values, Sequence order, TableRow.Change change, long rank) {
      try {
        int start = out.size();
        out.writeLong(rank);
        out.writeInt(0);
        out.writeByte(change.ordinal());
        RowCodec.writeLong(order.file(), out);
        RowCodec.writeLong(order.position(), out);
        RowCodec.writeLong(order.row(), out);
        RowCodec.write(schema, values, out);
        out.setInt(start + Long.BYTES, out.size() - start);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      rows++;
    }

    int size() {
      return out.size();
    }

    /** The rows in the order of their ranks; those of one rank as they were added. */
    public RowBlock build() {
      RowBlock added = new RowBlock(schema, rows, out.toByteArray());
      Cursor cursor = added.cursor();
      long[] order = new long[rows];
      int[] starts = new int[rows + 1];
      boolean isOrdered = true;
      for (int i = 0; i < rows; i++) {
        cursor.advance();
        order[i] = ordered(cursor.rank(), i);
        starts[i] = cursor.place();
        isOrdered &= i == 0 || order[i - 1] < order[i];
      }
      starts[rows] = added.encoded.length;
      return isOrdered ? added : new RowBlock(schema, rows, copied(added.encoded, order, starts));
    }

    private static byte[] copied(byte[] rows, long[] order, int[] starts) {
      Arrays.sort(order);
      byte[] copied = new byte[rows.length];
      int end = 0;
      for (long each : order) {
        int row = (int) each;
        int length = starts[row + 1] - starts[row];
        System.arraycopy(rows, starts[row], copied, end, length);
        end += length;
      }
      return copied;
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
