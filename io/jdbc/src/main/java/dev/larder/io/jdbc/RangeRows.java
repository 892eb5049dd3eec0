package dev.larder.io.jdbc;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableChanges;
import java.sql.ResultSet;

/** The result that JdbcIO works with. */
interface RangeRows extends ResultSet {

  /** The row it stands on. */
  ChangeRecord record();

  /** All rows of the range, where the result stands on the range as on one row. */
  TableChanges changes();
}
