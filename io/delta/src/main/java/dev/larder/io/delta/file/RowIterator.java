package dev.larder.io.delta.file;

import java.util.Iterator;

/** Rows that hold a file open until {@link #close}. */
public interface RowIterator extends Iterator<Object[]>, AutoCloseable {
  @Override
  void close();
}
