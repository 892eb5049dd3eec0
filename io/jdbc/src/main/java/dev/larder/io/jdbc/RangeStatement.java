package dev.larder.io.jdbc;

import java.sql.PreparedStatement;

/** The statement that JdbcIO works with: its query comes with the range. */
interface RangeStatement extends PreparedStatement {

  /** Says what is to be read; before {@link #executeQuery}. */
  void bind(TableRange range);
}
