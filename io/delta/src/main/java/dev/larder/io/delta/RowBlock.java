package dev.larder.io.delta;

import dev.larder.io.changes.RowBuffer;
import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.merge.MergeRule;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * Encoded rows of one schema: what crosses the shuffle instead of rows, and what a merge holds
 * until it comes to them. Each row begins with a head of fixed size, by which rows are put in order
 * and skipped without being decoded. Rows stand in the order of their ranks: who goes through
 * several blocks by rank goes through each from its begin to its end.
 *
 * <p>What all rows have stands once ({@link SharedValues}): the stamps and the place of a
 * snapshot's rows, the origin of every row. It is not copied, compressed, sent and compared ten
 * million times.
 */
public final class RowBlock implements BundlePart, Iterable<MergeRule.Incoming> {
  private static final TableRow.Change[] CHANGES = TableRow.Change.values();
  private static final long LOWER_HALF = 0xFFFF_FFFFL;

  /** Numbers between the head of a row and its values. */
  private static final int ORDER_PARTS = 3;

  private final RowSchema schema;
  private final int rows;
  private final Shared shared;
  private final byte[] encoded;

  /**
   * What is not encoded with the rows, since all have it.
   *
   * @param values of each column; absent where rows differ, or have none
   * @param order null where rows differ
   */
  record Shared(Object[] values, Sequence order) {
    boolean isAs(Shared other) {
      return Values.sameRow(values, other.values) && Objects.equals(order, other.order);
    }
  }

  RowBlock(RowSchema schema, int rows, Shared shared, byte[] encoded) {
    this.schema = schema;
    this.rows = rows;
    this.shared = shared;
    this.encoded = encoded;
  }

  public RowSchema schema() {
    return schema;
  }

  @Override
  public long rows() {
    return rows;
  }

  /** Bytes of the rows, about. */
  int size() {
    return encoded.length + RowSize.of(shared.values);
  }

  /** Equal for equal rows in equal order. */
  int contentHash() {
    return Arrays.hashCode(encoded) ^ Values.hashRow(shared.values);
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
        passOrder();
        return RowCodec.read(schema, columns, shared.values, in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Decodes the row; once. */
    MergeRule.Incoming row() {
      try {
        Sequence order = shared.order == null ? readOrder(in) : shared.order;
        Object[] values = RowCodec.read(schema, schema.size(), shared.values, in);
        return new MergeRule.Incoming(values, order, change);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What all rows of the block have: {@link #values} leave it out. */
    Shared shared() {
      return shared;
    }

    /** The values of the row, encoded; instead of {@link #row}. */
    RowBytes values() {
      try {
        passOrder();
        return in;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Writes the row as it is, with its head. */
    void copyTo(RowBuffer out) {
      out.write(encoded, at, next - at);
    }

    private void passOrder() throws IOException {
      for (int i = 0; shared.order == null && i < ORDER_PARTS; i++) {
        RowCodec.readLong(in);
      }
    }
  }

  static void writeOrder(Sequence order, DataOutput out) throws IOException {
    RowCodec.writeLong(order.file(), out);
    RowCodec.writeLong(order.position(), out);
    RowCodec.writeLong(order.row(), out);
  }

  private static Sequence readOrder(DataInput in) throws IOException {
    return new Sequence(RowCodec.readLong(in), RowCodec.readLong(in), (int) RowCodec.readLong(in));
  }

  /** The schema stands once in a block, as do values that all rows have. */
  public static final class BlockCoder extends AtomicCoder<RowBlock> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(RowBlock block, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      RowCodec.writeSchema(block.schema, out);
      RowCodec.writeLong(block.rows, out);
      RowCodec.write(block.schema, block.shared.values, out);
      out.writeBoolean(block.shared.order != null);
      if (block.shared.order != null) {
        writeOrder(block.shared.order, out);
      }
      RowCodec.writeBytes(block.encoded, out);
      out.flush();
    }

    @Override
    public RowBlock decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      RowSchema schema = RowCodec.readSchema(in);
      int rows = (int) RowCodec.readLong(in);
      Object[] values = RowCodec.read(schema, in);
      Shared shared = new Shared(values, in.readBoolean() ? readOrder(in) : null);
      return new RowBlock(schema, rows, shared, RowCodec.readBytes(in));
    }
  }
}
