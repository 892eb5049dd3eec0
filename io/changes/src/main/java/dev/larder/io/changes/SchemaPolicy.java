package dev.larder.io.changes;

/**
 * What becomes of a table whose rows bring other columns than it has. Under every policy a value
 * whose type is narrower than its column's is stored in the column's type (an INT in a decimal with
 * enough digits, a decimal in one with more digits before and behind the point, a FLOAT in a
 * DOUBLE), and an INT that its narrower column can hold is stored in that.
 */
public enum SchemaPolicy {
  /** Rows with a column that the table lacks are refused. */
  FAIL,

  /**
   * Columns, and fields of structs, that the table lacks are added at the end, nullable even if
   * they are declared not null: the rows that are there have no value for them. Types stay.
   */
  ADD,

  /**
   * As {@link #ADD}; and a column whose type is too narrow gets the narrowest type that holds both:
   * of integers of 8, 16 and 32 bits a wider one, of INT and decimal a decimal, of decimals one
   * with the digits of both, of FLOAT and DOUBLE a DOUBLE. The table's files are written anew in
   * the same commit, so that every engine can read them: this costs as much as writing the table.
   */
  WIDEN
}
