package dev.larder.io.delta;

import dev.larder.io.changes.RepeatedValues;
import dev.larder.io.changes.RowBuffer;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.merge.MergeRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects rows of one schema, for one block after another in the same memory. */
public final class RowBlockBuilder {
  private static final int FIRST_ROWS = 64;

  private final RowSchema schema;
  private final RowBuffer out = new RowBuffer();
  private final SharedValues shared;
  private final RepeatedValues repeated;
  private long[] numbers = new long[FIRST_ROWS];
  private int[] starts = new int[FIRST_ROWS];
  private boolean isOrdered = true;
  private int rows;

  public RowBlockBuilder(RowSchema schema) {
    this.schema = schema;
    this.shared = new SharedValues(schema.size());
    this.repeated = new RepeatedValues(schema.size());
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
    add(values, order, change, RowBlock.upper(rank));
  }

  private void add(Object[] values, Sequence order, TableRow.Change change, int rank) {
    if (rows == 0) {
      shared.begin(values, order);
    } else if (!shared.areIn(values, order)) {
      RowBlock before = built(out.toByteArray());
      shared.keepThoseIn(values, order);
      encodeAnew(before);
    }
    encode(values, order, change, rank);
  }

  /** Encodes the rows so far with what is no longer shared. */
  private void encodeAnew(RowBlock before) {
    clear();
    RowBlock.Cursor row = before.cursor();
    while (row.hasNext()) {
      row.advance();
      MergeRule.Incoming each = row.row();
      encode(each.values(), each.order(), row.change(), row.rank());
    }
  }

  private void encode(Object[] values, Sequence order, TableRow.Change change, int rank) {
    int start = begin(rank);
    try {
      out.writeInt(rank);
      out.writeInt(0);
      RowBlock.Shared elsewhere = shared.now();
      if (elsewhere.order() == null) {
        RowBlock.writeOrder(order, out);
      }
      RowCodec.write(schema, values, elsewhere.values(), repeated, out);
      out.setInt(start + Integer.BYTES, RowBlock.lengthAndKind(out.size() - start, change));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a row of another block of this schema, as it is if both blocks share the same and it
   * refers to nothing.
   */
  void add(RowBlock.Cursor row) {
    if (rows == 0) {
      shared.begin(row.shared());
    }
    if (!row.mayRefer() && shared.now().isAs(row.shared())) {
      begin(row.rank());
      row.copyTo(out);
    } else {
      MergeRule.Incoming each = row.row();
      add(each.values(), each.order(), row.change(), row.rank());
    }
  }

  private int begin(int rank) {
    if (rows == starts.length) {
      numbers = Arrays.copyOf(numbers, rows * 2);
      starts = Arrays.copyOf(starts, rows * 2);
    }
    numbers[rows] = RowBlock.ordered(rank, rows);
    starts[rows] = out.size();
    isOrdered &= rows == 0 || numbers[rows - 1] < numbers[rows];
    return starts[rows++];
  }

  /** Bytes of the rows so far, about; none without rows. */
  int size() {
    return rows == 0 ? 0 : out.size() + shared.size() + repeated.bytes();
  }

  /** Bytes of memory for rows, used or not. */
  int capacity() {
    return out.capacity();
  }

  /**
   * The rows in the order of their ranks; those of one rank as they were added. Rows that are added
   * from then on are for another block.
   */
  public RowBlock build() {
    RowBlock block = built(isOrdered ? out.toByteArray() : sorted());
    clear();
    return block;
  }

  private RowBlock built(byte[] encoded) {
    return new RowBlock(schema, rows, shared.now(), repeated.values(), encoded);
  }

  private void clear() {
    out.clear();
    repeated.clear();
    isOrdered = true;
    rows = 0;
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

  /** Blocks that are being built, one for each schema. */
  static final class BySchema {
    private final List<RowBlockBuilder> open = new ArrayList<>(1);

    RowBlockBuilder of(RowSchema schema) {
      for (RowBlockBuilder builder : open) {
        if (builder.schema() == schema || builder.schema().equals(schema)) {
          return builder;
        }
      }
      RowBlockBuilder builder = new RowBlockBuilder(schema);
      open.add(builder);
      return builder;
    }

    /** Those that have been asked for, with rows or without. */
    List<RowBlockBuilder> all() {
      return open;
    }

    /** Lets go of them. */
    void clear() {
      open.clear();
    }
  }
}
