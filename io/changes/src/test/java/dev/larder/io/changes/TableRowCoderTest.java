package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.sdk.util.CoderUtils;
import org.junit.Test;

public class TableRowCoderTest {
  private static final RowSchema COLUMNS =
      RowSchema.of(Column.required("k", ColumnType.INT), Column.nullable("v", ColumnType.STRING));

  @Test
  public void keepsWhatBecameOfTheRow() throws Exception {
    for (TableRow.Change change : TableRow.Change.values()) {
      Object[] values = {change == TableRow.Change.DELETE_ALL ? null : 7L, "a"};
      TableRow row = new TableRow("t", COLUMNS, values, new Sequence(1, 2, 3), change);

      TableRow back =
          CoderUtils.decodeFromByteArray(
              TableRowCoder.of(), CoderUtils.encodeToByteArray(TableRowCoder.of(), row));

      assertThat(back, is(row));
    }
  }
}
