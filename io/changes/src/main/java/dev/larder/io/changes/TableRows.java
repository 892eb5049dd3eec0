package dev.larder.io.changes;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Many rows of one table as one element of a pipeline: rows that are read, or made, only while they
 * are used. Where a step would else hand on millions of {@link TableRow}s, one such element costs a
 * runner as much as one row.
 *
 * <p><b>Guarantees</b>: the same rows in the same order each time. What crosses a shuffle is what
 * the implementation needs to make the rows, not the rows, unless they are held ({@link #of}).
 */
public interface TableRows extends Serializable {

  /** The table's path below the lake: {@link TableSpec#name}. */
  String table();

  /** The columns of each row. */
  RowSchema schema();

  /**
   * Hands each row over, one after the other. The array belongs to the rows and is used again for
   * the next one: whoever keeps a row copies it. Its values are never written to.
   */
  void forEach(Consumer<Object[]> out);

  /**
   * Rows in memory.
   *
   * @param rows canonical values in the schema's order
   */
  static TableRows of(String table, RowSchema schema, List<Object[]> rows) {
    return new Held(table, schema, rows);
  }

  /** Rows in memory. */
  record Held(String table, RowSchema schema, List<Object[]> rows) implements TableRows {
    public Held {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(schema, "schema");
      rows = List.copyOf(rows);
    }

    @Override
    public void forEach(Consumer<Object[]> out) {
      rows.forEach(out);
    }

    /** Without the values: no payload may reach a log. */
    @Override
    public String toString() {
      return rows.size() + " rows of " + table;
    }
  }
}
