package dev.larder.io.delta.file;

/** Rows that say where in their file they stand. */
public interface PlacedRows extends RowIterator {
  /** {@link #place} of a row whose number is not known. */
  long UNKNOWN = -1;

  /** The number in its file of the row that {@link #next} gave last, from 0 on. */
  long place();
}
