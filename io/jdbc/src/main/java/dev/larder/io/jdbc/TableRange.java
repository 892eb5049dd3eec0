package dev.larder.io.jdbc;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * A range of a table that is to be read: the element that goes into {@link
 * JdbcSnapshots#readRanges}.
 *
 * @param table whose columns are those that are read
 * @param partitions names of the database's partitions that are read; empty for all
 * @param filter an SQL condition that the rows must meet, or null
 * @param estimatedRows how many rows to expect, for plans and progress; it may be far off
 * @param sequence P0, the log's position before the snapshot began; every row read carries it
 * @param committedAt when P0 was recorded: microseconds since the epoch, UTC, the source's clock
 */
@DefaultCoder(TableRangeCoder.class)
public record TableRange(
    TableSchema table,
    KeyRange range,
    List<String> partitions,
    String filter,
    long estimatedRows,
    Sequence sequence,
    long committedAt)
    implements Serializable {

  public TableRange {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(range, "range");
    partitions = List.copyOf(partitions);
    Objects.requireNonNull(sequence, "sequence");
  }

  /** A range without partitions and filter. */
  public static TableRange of(
      TableSchema table, KeyRange range, long estimatedRows, Sequence sequence, long committedAt) {
    return new TableRange(table, range, List.of(), null, estimatedRows, sequence, committedAt);
  }

  /**
   * Whether an interrupted read can go on behind the last row read: the index is one that tells the
   * rows apart, so that they come in its order, which costs nothing as they are stored in it, and
   * its columns are read. Rows of several partitions would have to be merged.
   */
  boolean resumable() {
    KeyIndex index = range.index();
    return index != null
        && partitions.size() <= 1
        && index.order() == KeyIndex.Order.TOTAL
        && index.storage() == KeyIndex.Storage.CLUSTERED
        && index.columns().stream().allMatch(this::canBeToldFromARow);
  }

  private boolean canBeToldFromARow(KeyColumn column) {
    return table.columns().find(column.name()) >= 0
        && column.form() != KeyForm.BITS
        && column.form() != KeyForm.FLOATING;
  }

  /**
   * The rest of the range behind a row; nothing if the row does not tell where it stood.
   *
   * @param row canonical values in the order of the table's columns
   */
  Optional<TableRange> behind(Object[] row) {
    if (!resumable()) {
      return Optional.empty();
    }
    List<String> literals = new ArrayList<>();
    for (KeyColumn column : range.index().columns()) {
      String literal = column.literalOf(row[table.columns().position(column.name())]);
      if (literal == null) {
        return Optional.empty();
      }
      literals.add(literal);
    }
    return Optional.of(
        new TableRange(
            table,
            range.from(KeyBound.behind(literals)),
            partitions,
            filter,
            estimatedRows,
            sequence,
            committedAt));
  }

  /** The statement that reads the range, in the source's database. */
  public String sql() {
    List<String> conditions = new ArrayList<>();
    if (!range.isWhole()) {
      conditions.add(range.condition());
    }
    if (filter != null) {
      conditions.add("(" + filter + ")");
    }
    return "SELECT "
        + Sql.names(table.columns().names())
        + from()
        + (range.isWhole() ? "" : range.index().hint())
        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
        + (resumable() ? " ORDER BY " + range.index().orderBy() : "");
  }

  /** {@code FROM `orders` PARTITION (`p2`, `p3`)}. */
  private String from() {
    return " FROM "
        + Sql.name(table.id().table())
        + (partitions.isEmpty() ? "" : " PARTITION (" + Sql.names(partitions) + ")");
  }

  /** {@code pos.orders [100, 200) of id in p2, p3}. */
  @Override
  public String toString() {
    return table.id()
        + " "
        + range
        + (partitions.isEmpty() ? "" : " in " + String.join(", ", partitions));
  }
}
