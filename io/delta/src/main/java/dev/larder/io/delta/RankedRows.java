package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.file.RowMapper;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * The rows that came for a part of a table, in the order of their keys' ranks, so that they can be
 * merged a range of keys at a time. They stay encoded until one comes to them: a row is a few
 * hundred bytes of an array instead of a dozen objects, and what is decoded dies young.
 *
 * <p><b>Cost</b>: 16 bytes for a row besides the blocks.
 */
final class RankedRows {
  private static final int HALF = 32;

  /** What keys without bytes have, as {@link #upperRank}. */
  private static final long NO_RANK = Integer.MIN_VALUE;

  private final RowBlock.Cursor[] cursors;
  private final RowMapper[] mappers;

  /** The upper half of each row's rank, to be compared as signed, and the row's number. */
  private final long[] ranked;

  /** Of each row the number of its block, and the place in it. */
  private final long[] places;

  private boolean endsAll;
  private boolean anyDeleted;
  private boolean areAsStored = true;

  /**
   * @param schema of the table, in which the rows are given
   */
  RankedRows(List<RowBlock> blocks, RowSchema schema) {
    int rows = Math.toIntExact(blocks.stream().mapToLong(RowBlock::rows).sum());
    this.cursors = new RowBlock.Cursor[blocks.size()];
    this.mappers = new RowMapper[blocks.size()];
    this.ranked = new long[rows];
    this.places = new long[rows];
    int row = 0;
    Map<ByteBuffer, byte[]> repeated = new HashMap<>();
    for (int i = 0; i < cursors.length; i++) {
      mappers[i] = RowMapper.between(blocks.get(i).schema(), schema);
      areAsStored &= mappers[i].isIdentity();
      cursors[i] = blocks.get(i).cursor(repeated);
      while (cursors[i].hasNext()) {
        cursors[i].advance();
        endsAll |= cursors[i].change() == Change.DELETE_ALL;
        anyDeleted |= cursors[i].change() != Change.PUT;
        ranked[row] = RowBlock.ordered(cursors[i].rank(), row);
        places[row++] = (long) i << HALF | cursors[i].place();
      }
    }
    Arrays.sort(ranked);
  }

  int size() {
    return ranked.length;
  }

  /** Whether a row concerns every key. */
  boolean endAll() {
    return endsAll;
  }

  /** Whether no row stands for the end of another. */
  boolean areAllThere() {
    return !anyDeleted;
  }

  /** Whether rows are encoded with the very columns of the table: they need no decoding. */
  boolean areAsStored() {
    return areAsStored;
  }

  /**
   * Whether no two rows of a range have one key, and none has a rank that says nothing.
   *
   * @param to an {@link #end}
   */
  boolean areAlone(int from, int to) {
    long before = NO_RANK;
    for (int i = from; i < to; i++) {
      long rank = upperRank(i);
      if (rank == before) {
        return false;
      }
      before = rank;
    }
    return true;
  }

  /** The first half of a row's rank, as it is. */
  int rank(int row) {
    return (int) upperRank(row) ^ Integer.MIN_VALUE;
  }

  /** A row, encoded; until the next one is asked for. */
  RowBlock.Cursor encoded(int row) {
    long place = places[(int) ranked[row]];
    RowBlock.Cursor cursor = cursors[(int) (place >> HALF)];
    cursor.moveTo((int) place);
    return cursor;
  }

  /** The rows of some ranges, encoded as they came. */
  List<RowBlock> blocks(List<AddingMerge.Range> ranges) {
    List<RowBlock> blocks = new ArrayList<>();
    Map<RowSchema, BlockRows> bySchema = new LinkedHashMap<>();
    for (AddingMerge.Range range : ranges) {
      for (int row = range.from(); row < range.to(); row++) {
        RowBlock.Cursor cursor = encoded(row);
        bySchema
            .computeIfAbsent(cursor.schema(), schema -> new BlockRows(schema, blocks::add))
            .add(cursor);
      }
    }
    bySchema.values().forEach(BlockRows::finish);
    return blocks;
  }

  /**
   * Where a range of keys may end: behind at least so many rows, no other row of whose keys
   * follows.
   */
  int end(int from, int atLeast) {
    int end = Math.min(ranked.length, from + atLeast);
    while (end > from && end < ranked.length && upperRank(end) == upperRank(end - 1)) {
      end++;
    }
    return end;
  }

  /** What a row is ranked by, for {@link #endOfRank}. */
  long upperRank(int row) {
    return ranked[row] >> HALF;
  }

  /** Behind the last row from one on that is of this rank or a lower one. */
  int endOfRank(int from, long upperRank) {
    int end = from;
    while (end < ranked.length && upperRank(end) <= upperRank) {
      end++;
    }
    return end;
  }

  /** Decodes the rows of a range, as one goes. */
  Iterable<Incoming> rows(int from, int to) {
    return () ->
        new Iterator<>() {
          private int next = from;

          @Override
          public boolean hasNext() {
            return next < to;
          }

          @Override
          public Incoming next() {
            if (next >= to) {
              throw new NoSuchElementException();
            }
            return row(next++);
          }
        };
  }

  /** Hands over each row with the values of some columns; of the others some may be absent. */
  void columns(List<String> names, Consumer<Object[]> out) {
    int[] last = new int[cursors.length];
    for (int i = 0; i < last.length; i++) {
      RowSchema schema = cursors[i].schema();
      last[i] = names.stream().mapToInt(schema::find).max().orElse(-1);
    }
    for (int i = 0; i < ranked.length; i++) {
      int block = (int) (places[(int) ranked[i]] >> HALF);
      out.accept(mappers[block].map(encoded(i).begin(last[block] + 1)));
    }
  }

  private Incoming row(int rank) {
    long place = places[(int) ranked[rank]];
    int block = (int) (place >> HALF);
    cursors[block].moveTo((int) place);
    Incoming row = cursors[block].row();
    Object[] values = mappers[block].map(row.values());
    return values == row.values() ? row : new Incoming(values, row.order(), row.change());
  }
}
