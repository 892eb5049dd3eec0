package dev.larder.io.delta;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.Values;
import java.util.Arrays;

/**
 * What all rows of a block have had so far: values, each in its column, and the place in the
 * source's order. The first row's are taken for shared until another row has others; what once
 * differed is not tried again, so that the rows before are encoded anew at most once for a column.
 * Pure.
 */
final class SharedValues {
  private final boolean[] differs;
  private boolean ordersDiffer;
  private RowBlock.Shared now;

  /** The columns that have a shared value. */
  private int[] columns;

  private int size;

  SharedValues(int columns) {
    this.differs = new boolean[columns];
    begin(new RowBlock.Shared(new Object[columns], null));
  }

  /** Begins with the first row of a block. */
  void begin(Object[] row, Sequence order) {
    Object[] values = row.clone();
    for (int i = 0; i < values.length; i++) {
      if (differs[i]) {
        values[i] = null;
      }
    }
    begin(new RowBlock.Shared(values, ordersDiffer ? null : order));
  }

  /** Begins with what the rows of another block share. */
  void begin(RowBlock.Shared shared) {
    now = shared;
    int count = 0;
    int[] found = new int[differs.length];
    for (int i = 0; i < found.length; i++) {
      if (shared.values()[i] != null) {
        found[count++] = i;
      }
    }
    columns = Arrays.copyOf(found, count);
    size = RowSize.of(shared.values());
  }

  /** Whether a row has all of it. */
  boolean areIn(Object[] row, Sequence order) {
    for (int column : columns) {
      if (!Values.same(now.values()[column], row[column])) {
        return false;
      }
    }
    return now.order() == null || now.order().equals(order);
  }

  /** Gives up what a row has not. */
  void keepThoseIn(Object[] row, Sequence order) {
    Object[] kept = now.values().clone();
    for (int column : columns) {
      if (!Values.same(kept[column], row[column])) {
        kept[column] = null;
        differs[column] = true;
      }
    }
    ordersDiffer |= now.order() != null && !now.order().equals(order);
    begin(new RowBlock.Shared(kept, ordersDiffer ? null : now.order()));
  }

  /** Bytes of the values, about. */
  int size() {
    return size;
  }

  /** What is shared; not changed once it was handed out. */
  RowBlock.Shared now() {
    return now;
  }
}
