package dev.larder.io.jdbc;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts tables into ranges of about equal rows, which are read side by side.
 *
 * <p>A table is cut along its primary key, or else a unique key: by as many leading columns as it
 * takes, of whatever type and collation. Where to cut is learned from the index: the server is
 * asked for keys, and for its estimate of the rows between them ({@link EvenParts}, {@link
 * IndexOrder}). A table that the database stores in partitions is read by these, small ones
 * together and large ones cut along the key inside. A table without any such key is one range.
 *
 * <p>The first range has no lower and the last no upper bound: rows that come after the plan are
 * read too. Rows without a value stand before all others.
 *
 * <p><b>Cost</b>: nothing for a table of one range; else some 15 to 50 questions a range to the
 * index (texts need the most), of less than a millisecond each. The index of a small table is
 * walked along once instead: the estimates are good for large ones only.
 *
 * @param rowsPerRange how many rows a range should have
 * @param maxRanges the most ranges that are wanted of one table: a larger table has larger ranges
 * @param walkedBytes tables, or partitions, up to this size are walked along
 * @param filters SQL conditions of tables of which only some rows are read
 */
public record RangePlanner(
    long rowsPerRange, int maxRanges, long walkedBytes, Map<TableId, String> filters) {
  private static final Logger LOG = LoggerFactory.getLogger(RangePlanner.class);

  /** Some tenths of a second of reading: little is lost when a range is read again. */
  public static final long DEFAULT_ROWS_PER_RANGE = 100_000;

  public static final int DEFAULT_MAX_RANGES = 1_000;

  private static final long DEFAULT_WALKED_BYTES = 32L << 20;

  public RangePlanner {
    if (rowsPerRange < 1 || maxRanges < 1) {
      throw new IllegalArgumentException(rowsPerRange + " rows, " + maxRanges + " ranges");
    }
    filters = Map.copyOf(filters);
  }

  public static RangePlanner withDefaults() {
    return new RangePlanner(
        DEFAULT_ROWS_PER_RANGE, DEFAULT_MAX_RANGES, DEFAULT_WALKED_BYTES, Map.of());
  }

  public RangePlanner withRowsPerRange(long rows) {
    return new RangePlanner(rows, maxRanges, walkedBytes, filters);
  }

  public RangePlanner withMaxRanges(int ranges) {
    return new RangePlanner(rowsPerRange, ranges, walkedBytes, filters);
  }

  /** Tables are never walked along, but cut by estimates. */
  RangePlanner withEstimatesOnly() {
    return new RangePlanner(rowsPerRange, maxRanges, -1, filters);
  }

  /** Of these tables only rows that meet a condition are read, which the database evaluates. */
  public RangePlanner withFilters(Map<TableId, String> conditions) {
    return new RangePlanner(rowsPerRange, maxRanges, walkedBytes, conditions);
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
    TableId id = table.id();
    long rows = Math.max(0, catalogue.estimatedRows(id));
    KeyIndex index = catalogue.index(id).orElse(null);
    int wanted = (int) Math.min(maxRanges, Math.max(1, (rows + rowsPerRange - 1) / rowsPerRange));
    List<TableRange> ranges = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      List<Catalogue.Partition> partitions = catalogue.partitions(id);
      if (partitions.isEmpty()) {
        Catalogue.Partition whole =
            new Catalogue.Partition(null, rows, catalogue.estimatedBytes(id));
        cut(statement, table, index, whole, wanted)
            .forEach(part -> ranges.add(range(table, part, List.of(), position)));
      } else {
        for (PartitionGroups.Group group : PartitionGroups.of(partitions, wanted)) {
          if (group.partitions().size() > 1) {
            Cut all = new Cut(whole(index), group.rows());
            ranges.add(range(table, all, group.names(), position));
          } else {
            cut(statement, table, index, group.partitions().get(0), group.pieces())
                .forEach(part -> ranges.add(range(table, part, group.names(), position)));
          }
        }
      }
    } catch (SQLException e) {
      throw JdbcErrors.refused(catalogue.source(), "telling the keys of table " + id, e);
    }
    LOG.info("Planned {} ranges of {}, about {} rows", ranges.size(), id, rows);
    return new TablePlan(table, rows, ranges, note(catalogue, table, index, wanted));
  }

  private record Cut(KeyRange range, long rows) {}

  private List<Cut> cut(
      Statement statement,
      TableSchema table,
      KeyIndex index,
      Catalogue.Partition partition,
      int wanted)
      throws SQLException {
    if (index == null || wanted <= 1) {
      return List.of(new Cut(whole(index), partition.rows()));
    }
    IndexOrder order = new IndexOrder(statement, table, index, partition);
    return parts(order, partition, wanted).stream()
        .map(
            part -> new Cut(new KeyRange(index, bound(part.from()), bound(part.to())), part.rows()))
        .toList();
  }

  private List<EvenParts.Part<IndexOrder.Place>> parts(
      IndexOrder order, Catalogue.Partition partition, int wanted) throws SQLException {
    long rows = partition.rows();
    if (partition.bytes() <= walkedBytes) {
      int steps = wanted * EvenParts.GRAIN;
      List<EvenParts.Part<IndexOrder.Place>> walked =
          order.walked(Math.max(1, rows / steps), 4 * steps);
      if (!walked.isEmpty()) {
        return EvenParts.joined(walked, rows, wanted);
      }
    }
    return EvenParts.of(order, rows, wanted);
  }

  private static KeyBound bound(IndexOrder.Place place) {
    return place == null ? null : place.bound();
  }

  private static KeyRange whole(KeyIndex index) {
    return index == null ? KeyRange.WHOLE : KeyRange.along(index);
  }

  private TableRange range(
      TableSchema table, Cut cut, List<String> partitions, BinlogPosition position) {
    return new TableRange(
        table,
        cut.range(),
        partitions,
        filters.get(table.id()),
        cut.rows(),
        position.sequence(),
        position.recordedAt());
  }

  private static String note(Catalogue catalogue, TableSchema table, KeyIndex index, int wanted) {
    boolean isWhole = index == null && catalogue.partitions(table.id()).isEmpty();
    if (table.key().isEmpty()) {
      return index == null
          ? JdbcErrors.noKey(table.id(), isWhole)
          : JdbcErrors.keyWithNulls(table.id(), index.name());
    }
    if (index == null && wanted > 1) {
      return JdbcErrors.cannotBeCut(table.id(), isWhole);
    }
    return null;
  }
}
