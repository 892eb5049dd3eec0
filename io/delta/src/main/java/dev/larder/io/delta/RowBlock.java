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

  /** Numbers between the head of a row and its values. */
  private static final int ORDER_PARTS = 3;

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

    RowSchema schema() {
      return schema;
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

    /** Decodes the first so many values of the row, the others are absent; once. */
    Object[] begin(int columns) {
      try {
        RowCodec.readLong(in);
        RowCodec.readLong(in);
        RowCodec.readLong(in);
        return RowCodec.read(schema, columns, in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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

    /** The values of the row, encoded; instead of {@link #row}. */
    RowBytes values() {
      try {
        for (int i = 0; i < ORDER_PARTS; i++) {
          RowCodec.readLong(in);
        }
        return in;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Collects rows of one schema, for one block after another in the same memory. */
  public static final class Builder {
    private static final int FIRST_ROWS = 64;

    private final RowSchema schema;
    private final RowBuffer out = new RowBuffer();
    private long[] numbers = new long[FIRST_ROWS];
    private int[] starts = new int[FIRST_ROWS];
    private boolean isOrdered = true;
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
      int start = begin(rank);
      try {
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
    }

    /** Adds a row of another block of this schema as it is. */
    void add(Cursor row) {
      begin(row.rank);
      out.write(row.in.array(), row.at, row.next - row.at);
    }

    private int begin(long rank) {
      if (rows == starts.length) {
        numbers = Arrays.copyOf(numbers, rows * 2);
        starts = Arrays.copyOf(starts, rows * 2);
      }
      numbers[rows] = ordered(rank, rows);
      starts[rows] = out.size();
      isOrdered &= rows == 0 || numbers[rows - 1] < numbers[rows];
      return starts[rows++];
    }

    int size() {
      return out.size();
    }

    /** Bytes of memory for rows, used or not. */
    int capacity() {
      return out.capacity();
    }

    /**
     * The rows in the order of their ranks; those of one rank as they were added. Rows that are
     * added from then on are for another block.
     */
    public RowBlock build() {
      RowBlock block = new RowBlock(schema, rows, isOrdered ? out.toByteArray() : sorted());
      out.clear();
      isOrdered = true;
      rows = 0;
      return block;
    }

    private byte[] sorted() {
      Arrays.sort(numbers, 0, rows);
      byte[] sorted = new byte[out.size()];
      int end = 0;
      for (int i = 0; i < rows; i++) {
        int row = (int) numbers[i];
        int length = (row + 1 == rows ? out.size() : starts[row + 1]) - starts[row];
        out.copy(starts[row], length, sorted, end);
        end += length;
      }
      return sorted;
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

    /** Those that have been asked for, with rows or without. */
    List<Builder> all() {
      return open;
    }

    /** Lets go of them. */
    void clear() {
      open.clear();
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
