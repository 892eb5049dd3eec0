package dev.larder.io.delta;

import dev.larder.io.changes.RepeatedValues;
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
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
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
 * million times. What many have stands once, too, and they refer to it ({@link RepeatedValues}):
 * hashes of the shops of a million orders.
 */
public final class RowBlock implements BundlePart, Iterable<MergeRule.Incoming> {
  private static final TableRow.Change[] CHANGES = TableRow.Change.values();
  private static final int KIND_BITS = 2;

  /** Numbers between the head of a row and its values. */
  private static final int ORDER_PARTS = 3;

  private final RowSchema schema;
  private final int rows;
  private final Shared shared;
  private final byte[][] repeated;
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

  /**
   * @param repeated what rows refer to, by place, with gaps
   */
  RowBlock(RowSchema schema, int rows, Shared shared, byte[][] repeated, byte[] encoded) {
    this.schema = schema;
    this.rows = rows;
    this.shared = shared;
    this.repeated = repeated;
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
    return encoded.length + RowSize.of(shared.values) + RowSize.of(repeated);
  }

  /** Equal for equal rows in equal order. */
  int contentHash() {
    return Arrays.hashCode(encoded) ^ Values.hashRow(shared.values) ^ Values.hashRow(repeated);
  }

  /** The upper half of a key's {@link dev.larder.io.delta.merge.KeyRank}: what rows keep of it. */
  static int upper(long rank) {
    return (int) (rank >>> Integer.SIZE);
  }

  /**
   * A number, to be compared as signed, that orders rows by their ranks and then by their own
   * numbers, which are the lower half.
   *
   * @param rank its {@link #upper} half
   */
  static long ordered(int rank, int row) {
    return (long) (rank ^ Integer.MIN_VALUE) << Integer.SIZE | row;
  }

  /**
   * Behind the rank in a row's head: the bytes of the row, head included, and its kind.
   *
   * @throws ArithmeticException if it has half a gigabyte or more
   */
  static int lengthAndKind(int length, TableRow.Change change) {
    return Math.multiplyExact(length, 1 << KIND_BITS) | change.ordinal();
  }

  /** The values of the first row; a block has one. */
  Object[] first() {
    return iterator().next().values();
  }

  /** The rows, decoded as one goes. */
  @Override
  public Iterator<MergeRule.Incoming> iterator() {
    Cursor cursor = cursor();
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
    return new Cursor(repeated);
  }

  /**
   * Goes through the rows where those of several blocks are gone through together: what rows of
   * these refer to is one array, and near.
   *
   * @param known what blocks before this one refer to, to be added to
   */
  Cursor cursor(Map<ByteBuffer, byte[]> known) {
    byte[][] same = new byte[repeated.length][];
    for (int i = 0; i < same.length; i++) {
      byte[] value = repeated[i];
      if (value != null) {
        same[i] = known.computeIfAbsent(ByteBuffer.wrap(value), any -> value);
      }
    }
    return new Cursor(same);
  }

  /** Goes through the heads of the rows, or to any of them. Not for two threads. */
  final class Cursor {
    private final RowBytes in;
    private int next;
    private int at;
    private int rank;
    private TableRow.Change change;

    private Cursor(byte[][] repeated) {
      this.in = new RowBytes(encoded, repeated);
    }

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
        rank = in.readInt();
        int lengthAndKind = in.readInt();
        next = place + (lengthAndKind >> KIND_BITS);
        change = CHANGES[lengthAndKind & (1 << KIND_BITS) - 1];
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

    /** The {@link #upper} half of the rank of the row's key. */
    int rank() {
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

    /** Whether rows of the block refer to what stands elsewhere. */
    boolean mayRefer() {
      return repeated.length > 0;
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
      writeRepeated(block.repeated, out);
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
      return new RowBlock(schema, rows, shared, readRepeated(in), RowCodec.readBytes(in));
    }

    /** Those that are there, each behind its place; the number of places ends them. */
    private static void writeRepeated(byte[][] repeated, DataOutput out) throws IOException {
      RowCodec.writeLong(repeated.length, out);
      for (int i = 0; i < repeated.length; i++) {
        if (repeated[i] != null) {
          RowCodec.writeLong(i, out);
          RowCodec.writeBytes(repeated[i], out);
        }
      }
      RowCodec.writeLong(repeated.length, out);
    }

    private static byte[][] readRepeated(DataInput in) throws IOException {
      byte[][] repeated = new byte[(int) RowCodec.readLong(in)][];
      for (int i = (int) RowCodec.readLong(in);
          i < repeated.length;
          i = (int) RowCodec.readLong(in)) {
        repeated[i] = RowCodec.readBytes(in);
      }
      return repeated;
    }
  }
}
