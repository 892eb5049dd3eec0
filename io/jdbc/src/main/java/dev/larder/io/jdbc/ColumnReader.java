package dev.larder.io.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads one column of the row that a result stands on. */
@FunctionalInterface
interface ColumnReader {

  /**
   * @param column from 1
   * @return the canonical value, or null
   */
  Object read(ResultSet rows, int column) throws SQLException;
}
