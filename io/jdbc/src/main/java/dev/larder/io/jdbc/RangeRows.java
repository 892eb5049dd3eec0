package dev.larder.io.jdbc;

import dev.larder.io.changes.ChangeRecord;
import java.sql.ResultSet;

/** The result that JdbcIO works with. */
interface RangeRows extends ResultSet {

  /** The row it stands on. */
  ChangeRecord record();
}
