package dev.larder.io.delta.filter;

import dev.larder.io.changes.Values;

/**
 * What is known of a column's values in a group of rows: a file, a row group, a page.
 *
 * @param min no present value is below it; null if not known
 * @param max no present value is above it, but for NaN; null if not known
 * @param nulls rows without a value; {@link #NOT_KNOWN} if not known
 * @param rows {@link #NOT_KNOWN} if not known
 */
public record ColumnBounds(Object min, Object max, long nulls, long rows) {
  public static final long NOT_KNOWN = -1;

  /** Anything may be there. */
  public static final ColumnBounds UNKNOWN = new ColumnBounds(null, null, NOT_KNOWN, NOT_KNOWN);

  /** No row has a value. */
  public static final ColumnBounds ABSENT = new ColumnBounds(null, null, 1, 1);

  /**
   * Every row has this value.
   *
   * @param value null for none
   */
  public static ColumnBounds constant(Object value) {
    return value == null ? ABSENT : new ColumnBounds(value, value, 0, 1);
  }

  /** What is known of the rows of both. */
  public ColumnBounds union(ColumnBounds other) {
    boolean isCounted = rows >= 0 && other.rows >= 0 && nulls >= 0 && other.nulls >= 0;
    return new ColumnBounds(
        min == null || other.min == null
            ? null
            : Values.compare(min, other.min) <= 0 ? min : other.min,
        max == null || other.max == null
            ? null
            : Values.compare(max, other.max) >= 0 ? max : other.max,
        isCounted ? nulls + other.nulls : NOT_KNOWN,
        isCounted ? rows + other.rows : NOT_KNOWN);
  }

  boolean holdsNoValue() {
    return rows >= 0 && nulls == rows;
  }

  boolean holdsNoNull() {
    return nulls == 0;
  }
}
