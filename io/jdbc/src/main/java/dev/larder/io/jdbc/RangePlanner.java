package dev.larder.io.jdbc;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.TableSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts tables into ranges that are read side by side.
 *
 * <p>A table is cut by the first column of its key if that is an integer (or a decimal without
 * digits after the point), at even steps between its lowest and highest value, which the index
 * answers at once. Any other table is one range.
 *
 * @param rowsPerRange how many rows a range should have; it is met as well as the database's
 *     estimate is right and keys are evenly spread
 * @param maxRanges the most ranges of one table
 */
public record RangePlanner(long rowsPerRange, int maxRanges) {
  private static final Logger LOG = LoggerFactory.getLogger(RangePlanner.class);

  /** Some tenths of a second of reading: little is lost when a range is read again. */
  public static final long DEFAULT_ROWS_PER_RANGE = 100_000;

  public static final int DEFAULT_MAX_RANGES = 10_000;

  public RangePlanner {
    if (rowsPerRange < 1 || maxRanges < 1) {
      throw new IllegalArgumentException(rowsPerRange + " rows, " + maxRanges + " ranges");
    }
  }

  public static RangePlanner withDefaults() {
    return new RangePlanner(DEFAULT_ROWS_PER_RANGE, DEFAULT_MAX_RANGES);
  }

  public RangePlanner withRowsPerRange(long rows) {
    return new RangePlanner(rows, maxRanges);
  }

  public RangePlanner withMaxRanges(int ranges) {
    return new RangePlanner(rowsPerRange, ranges);
  }

  /**
   * Cuts one table.
   *
   * @param position P0, recorded before this call
   * @throws dev.larder.io.changes.SourceException if the database refuses
   */
  public TablePlan plan(
      Source source,
      Connection connection,
      TableSchema table,
      long estimatedRows,
      BinlogPosition position) {
    List<KeyRange> ranges = List.of(KeyRange.WHOLE);
    String note = null;
    if (table.key().isEmpty()) {
      note = JdbcErrors.noKey(table.id());
    } else {
      Column first = table.columns().column(table.columns().position(table.key().get(0)));
      if (isInteger(first)) {
        ranges = cut(source, connection, table, first.name(), estimatedRows);
      } else if (estimatedRows > rowsPerRange) {
        note = JdbcErrors.noIntegerKey(table.id(), first.name(), first.type());
      }
    }
    LOG.info("Planned {} ranges of {}, about {} rows", ranges.size(), table.id(), estimatedRows);
    return new TablePlan(
        table,
        estimatedRows,
        ranges.stream()
            .map(range -> new TableRange(table, range, position.sequence(), position.recordedAt()))
            .toList(),
        note);
  }

  private static boolean isInteger(Column column) {
    return column.type().kind() == Kind.INT
        || (column.type().kind() == Kind.DECIMAL && column.type().scale() == 0);
  }

  private List<KeyRange> cut(
      Source source, Connection connection, TableSchema table, String column, long rows) {
    int wanted = (int) Math.min(maxRanges, (rows + rowsPerRange - 1) / rowsPerRange);
    if (wanted < 2) {
      return KeyRanges.at(column, List.of());
    }
    String sql =
        String.format(
            "SELECT MIN(%1$s), MAX(%1$s) FROM %2$s",
            Sql.name(column), Sql.name(table.id().table()));
    try (Statement statement = connection.createStatement();
        ResultSet limits = statement.executeQuery(sql)) {
      limits.next();
      return KeyRanges.evenly(
          column, integer(limits.getBigDecimal(1)), integer(limits.getBigDecimal(2)), wanted);
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "reading the keys of table " + table.id(), e);
    }
  }

  private static BigInteger integer(BigDecimal value) {
    return value == null ? null : value.toBigIntegerExact();
  }
}
