package dev.larder.io.jdbc;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.DateTimeException;

/**
 * Turns the rows of a result into canonical rows. How a column is read is chosen once, when the
 * result is opened.
 *
 * <p><b>Zero dates.</b> A DATE, DATETIME or TIMESTAMP whose year, month or day is zero ({@code
 * 0000-00-00}, {@code 2020-00-10}) is no date. It is read as NULL, or as 1970-01-01 00:00:00 where
 * the column is NOT NULL. Source: Debezium's MySQL connector does so, and both branches must agree.
 *
 * <p>Not safe for threads.
 */
final class RowReader {
  private final TableSchema table;
  private final ColumnReader[] readers;

  private RowReader(TableSchema table, ColumnReader[] readers) {
    this.table = table;
    this.readers = readers;
  }

  /**
   * @param columns the result's columns: those of the table, in its order
   */
  static RowReader of(TableSchema table, ResultSetMetaData columns) throws SQLException {
    RowSchema schema = table.columns();
    if (columns.getColumnCount() != schema.size()) {
      throw new IllegalArgumentException(
          table.id() + ": " + columns.getColumnCount() + " columns for " + schema.size());
    }
    // Connector/J fills no calendar: its times come as text.
    ColumnReaders.Times times =
        columns.getClass().getName().startsWith("com.mysql.cj.")
            ? ColumnReaders.Times.TEXT
            : ColumnReaders.Times.FIELDS;
    ColumnReader[] readers = new ColumnReader[schema.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = ColumnReaders.of(schema.column(i), columns.getColumnTypeName(i + 1), times);
    }
    return new RowReader(table, readers);
  }

  /**
   * The row the result stands on.
   *
   * @throws SQLException if the connection breaks
   * @throws dev.larder.io.changes.SourceException if a value is none of its column's type
   */
  Object[] row(ResultSet rows) throws SQLException {
    Object[] row = new Object[readers.length];
    int i = 0;
    try {
      for (; i < row.length; i++) {
        row[i] = readers[i].read(rows, i + 1);
      }
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      Column column = table.columns().column(i);
      throw JdbcErrors.unreadable(table.id(), column.name(), column.type(), e);
    }
    return row;
  }
}
