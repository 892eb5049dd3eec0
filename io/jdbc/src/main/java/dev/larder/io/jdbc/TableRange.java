package dev.larder.io.jdbc;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableSchema;
import java.io.Serializable;
import java.util.Objects;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * A range of a table that is to be read: the element that goes into {@link
 * JdbcSnapshots#readRanges}.
 *
 * @param estimatedRows how many rows to expect, for plans and progress; it may be far off
 * @param sequence P0, the log's position before the snapshot began; every row read carries it
 * @param committedAt when P0 was recorded: microseconds since the epoch, UTC, the source's clock
 */
@DefaultCoder(TableRangeCoder.class)
public record TableRange(
    TableSchema table, KeyRange range, long estimatedRows, Sequence sequence, long committedAt)
    implements Serializable {

  public TableRange {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(sequence, "sequence");
  }

  /**
   * Whether an interrupted read can go on behind the last row read: the range's column is the whole
   * key, so that rows come in its order, which costs nothing as they are stored in it.
   */
  boolean resumable() {
    return table.key().size() == 1 && table.key().get(0).equals(range.column());
  }

  /** The rest of the range behind a key. */
  TableRange from(String literal) {
    return new TableRange(
        table,
        new KeyRange(range.column(), literal, range.to()),
        estimatedRows,
        sequence,
        committedAt);
  }

  /** The statement that reads the range, in the source's database. */
  public String sql() {
    String condition = range.condition();
    return "SELECT "
        + Sql.names(table.columns().names())
        + " FROM "
        + Sql.name(table.id().table())
        + (condition.isEmpty() ? "" : " WHERE " + condition)
        + (resumable() ? " ORDER BY " + Sql.name(range.column()) : "");
  }

  /** {@code pos.orders [100, 200) of id}. */
  @Override
  public String toString() {
    return table.id() + " " + range;
  }
}
