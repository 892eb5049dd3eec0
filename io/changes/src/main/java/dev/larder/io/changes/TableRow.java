package dev.larder.io.changes;

import java.util.Objects;

/**
 * A row on its way into a table of the lake.
 *
 * @param table the table's path below the lake: {@link TableSpec#name}
 * @param schema the columns of {@code values}; shared between rows
 * @param values canonical values ({@link Kind}); shared and never written to
 * @param order the place among rows of one key; {@link Sequence#BEGINNING} where order has no
 *     meaning
 */
public record TableRow(
    String table, RowSchema schema, Object[] values, Sequence order, Change change) {

  /** Whether the row is there or gone. */
  public enum Change {
    PUT,
    DELETE,
    /**
     * All rows of the table that precede this one in order are gone (TRUNCATE). The key columns are
     * absent; {@link LoadRule}s say what becomes of the others.
     */
    DELETE_ALL
  }

  public TableRow {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(change, "change");
    if (values.length != schema.size()) {
      throw new IllegalArgumentException(
          table + ": " + values.length + " values for " + schema.size() + " columns");
    }
  }

  public static TableRow put(String table, RowSchema schema, Object[] values, Sequence order) {
    return new TableRow(table, schema, values, order, Change.PUT);
  }

  public static TableRow delete(String table, RowSchema schema, Object[] values, Sequence order) {
    return new TableRow(table, schema, values, order, Change.DELETE);
  }

  /** A row that stands for the end of all rows before it. */
  public static TableRow deleteAll(
      String table, RowSchema schema, Object[] values, Sequence order) {
    return new TableRow(table, schema, values, order, Change.DELETE_ALL);
  }

  /** Equal in every value; rows are compared by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TableRow that
        && table.equals(that.table)
        && schema.equals(that.schema)
        && Values.sameRow(values, that.values)
        && order.equals(that.order)
        && change == that.change;
  }

  @Override
  public int hashCode() {
    return Objects.hash(table, order, change, Values.hashRow(values));
  }

  /** Without the values: no payload may reach a log. */
  @Override
  public String toString() {
    return change + " " + table + " at " + order;
  }
}
