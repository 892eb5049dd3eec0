package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow.Change;
import java.util.function.Consumer;

/** Puts rows of one schema into blocks of some megabytes. */
final class BlockRows {
  private static final int BLOCK_BYTES = 4 << 20;

  private final Consumer<RowBlock> out;
  private final RowBlockBuilder open;

  BlockRows(RowSchema schema, Consumer<RowBlock> out) {
    this.out = out;
    this.open = new RowBlockBuilder(schema);
  }

  /** Adds a row that is there, before all others of its key. */
  void add(Object[] row, long rank) {
    add(row, Sequence.BEGINNING, rank);
  }

  /**
   * Adds a row that is there.
   *
   * @param order to be found in the block
   */
  void add(Object[] row, Sequence order, long rank) {
    open.add(row, order, Change.PUT, rank);
    closeLarge();
  }

  /** Adds a row of another block of this schema as it is. */
  void add(RowBlock.Cursor row) {
    open.add(row);
    closeLarge();
  }

  private void closeLarge() {
    if (open.size() >= BLOCK_BYTES) {
      out.accept(open.build());
    }
  }

  /** Gives what is left. */
  void finish() {
    if (open.size() > 0) {
      out.accept(open.build());
    }
  }
}
