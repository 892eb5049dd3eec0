package dev.larder.io.jdbc;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.TableSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts tables into ranges of about equal rows, which are read side by side.
 *
 * <p>A table is cut by the first column of its key if that is an integer (or a decimal without
 * digits after the point). How the keys are spread is learned from the optimizer's estimates
 * (EXPLAIN), which look into the index and read no rows. Any other table is one range.
 *
 * <p>The first range has no lower and the last no upper bound: rows that come after the plan are
 * read too.
 *
 * @param rowsPerRange how many rows a range should have
 * @param maxRanges the most ranges that are wanted of one table: a larger table has larger ranges
 */
public record RangePlanner(long rowsPerRange, int maxRanges) {
  private static final Logger LOG = LoggerFactory.getLogger(RangePlanner.class);

  /** Some tenths of a second of reading: little is lost when a range is read again. */
  public static final long DEFAULT_ROWS_PER_RANGE = 100_000;

  public static final int DEFAULT_MAX_RANGES = 1_000;

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
   * @param table of the catalogue, with all or some of its columns and the key that counts
   * @param position P0, recorded before this call
   * @throws dev.larder.io.changes.SourceException if the database refuses
   */
  public TablePlan plan(
      Catalogue catalogue, Connection connection, TableSchema table, BinlogPosition position) {
    long estimatedRows = Math.max(0, catalogue.estimatedRows(table.id()));
    KeyIndex index = catalogue.index(table.id()).orElse(null);
    List<TableRange> ranges =
        List.of(
            range(
                table,
                index == null ? KeyRange.WHOLE : KeyRange.along(index),
                estimatedRows,
                position));
    String note = null;
    if (index == null) {
      note = JdbcErrors.noKey(table.id());
    } else if (index.columns().get(0).form() == KeyForm.INTEGER) {
      try {
        ranges = cut(connection, table, index, estimatedRows, position);
      } catch (SQLException e) {
        throw JdbcErrors.refused(catalogue.source(), "telling the keys of table " + table.id(), e);
      }
    } else if (estimatedRows > rowsPerRange) {
      Column first = table.columns().column(table.columns().position(table.key().get(0)));
      note = JdbcErrors.noIntegerKey(table.id(), first.name(), first.type());
    }
    LOG.info("Planned {} ranges of {}, about {} rows", ranges.size(), table.id(), estimatedRows);
    return new TablePlan(table, estimatedRows, ranges, note);
  }

  private static TableRange range(
      TableSchema table, KeyRange range, long rows, BinlogPosition position) {
    return TableRange.of(table, range, rows, position.sequence(), position.recordedAt());
  }

  private List<TableRange> cut(
      Connection connection, TableSchema table, KeyIndex index, long rows, BinlogPosition position)
      throws SQLException {
    long wanted = Math.max(rowsPerRange, rows / maxRanges);
    try (Statement statement = connection.createStatement()) {
      BigInteger[] limits = limits(statement, table, index.columnNames().get(0));
      if (rows <= wanted || limits.length == 0) {
        return List.of(range(table, KeyRange.along(index), rows, position));
      }
      List<KeyHistogram.Part> parts =
          KeyHistogram.of(
              limits[0],
              limits[1],
              rows,
              wanted,
              (from, to) -> estimate(statement, table, index, from, to));
      List<KeyRange> ranges =
          KeyRanges.at(
              index,
              parts.stream().skip(1).map(part -> KeyBound.before(part.from().toString())).toList());
      List<TableRange> planned = new ArrayList<>(ranges.size());
      for (int i = 0; i < ranges.size(); i++) {
        planned.add(range(table, ranges.get(i), parts.get(i).rows(), position));
      }
      return planned;
    }
  }

  /** The lowest and the highest key, which the index knows; nothing for an empty table. */
  private static BigInteger[] limits(Statement statement, TableSchema table, String column)
      throws SQLException {
    String sql =
        String.format(
            "SELECT MIN(%1$s), MAX(%1$s) FROM %2$s",
            Sql.name(column), Sql.name(table.id().table()));
    try (ResultSet limits = statement.executeQuery(sql)) {
      limits.next();
      BigDecimal min = limits.getBigDecimal(1);
      BigDecimal max = limits.getBigDecimal(2);
      return min == null
          ? new BigInteger[0]
          : new BigInteger[] {min.toBigIntegerExact(), max.toBigIntegerExact()};
    }
  }

  /** What the optimizer expects; where it would read more than the range, the part that matches. */
  private static long estimate(
      Statement statement, TableSchema table, KeyIndex index, BigInteger from, BigInteger to)
      throws SQLException {
    KeyRange range =
        new KeyRange(index, KeyBound.before(from.toString()), KeyBound.before(to.toString()));
    String sql =
        String.format(
            "EXPLAIN SELECT %s FROM %s WHERE %s",
            "1", Sql.name(table.id().table()), range.condition());
    try (ResultSet steps = statement.executeQuery(sql)) {
      return steps.next()
          ? Math.round(steps.getLong("rows") * steps.getDouble("filtered") / 100)
          : 0;
    }
  }
}
