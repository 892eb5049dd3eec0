package dev.larder.io.delta.file;

import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.FieldPath;
import java.io.IOException;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.ColumnIndexStore;
import org.apache.parquet.internal.filter2.columnindex.ColumnIndexStore.MissingOffsetIndexException;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The row groups of a slice of a file in which rows may pass, and of them the pages. What is left
 * out holds no row that passes; what comes may hold any.
 *
 * <p><b>Cost</b>: statistics stand in the footer, which is read anyway. Column indexes are two more
 * reads for a column, tried only where a row group has many rows.
 */
final class RowGroups {
  /** A row group that probably is one page in each column. */
  private static final long FEW_ROWS = 20_000;

  private final ParquetFileReader reader;
  private final MessageType stored;
  private final FileSlice slice;
  private final Condition condition;
  private final ScanCounts counts;
  private int nextRowGroup;
  private long firstRow;
  private long rowsBefore;

  /**
   * @param reader whose requested columns are set; the condition's are among them, as far as the
   *     file has them
   */
  RowGroups(ParquetFileReader reader, FileSlice slice, Condition condition, ScanCounts counts) {
    this.reader = reader;
    this.stored = reader.getFileMetaData().getSchema();
    this.slice = slice;
    this.condition = condition;
    this.counts = counts;
  }

  /** Null at the end. */
  PageReadStore next() throws IOException {
    List<BlockMetaData> rowGroups = reader.getRowGroups();
    while (nextRowGroup < rowGroups.size()) {
      int number = nextRowGroup++;
      BlockMetaData rowGroup = rowGroups.get(number);
      firstRow = rowsBefore;
      rowsBefore += rowGroup.getRowCount();
      if (rowGroup.getRowCount() == 0 || !isInSlice(rowGroup)) {
        continue;
      }
      PageReadStore pages = isPruned(rowGroup) ? null : read(number, rowGroup);
      if (pages != null) {
        counts.readRowGroup();
        return pages;
      }
      counts.pruneRowGroup();
    }
    return null;
  }

  /** The number in the file of the first row of the row group that was given last. */
  long firstRow() {
    return firstRow;
  }

  private boolean isInSlice(BlockMetaData rowGroup) {
    long middle = rowGroup.getStartingPos() + rowGroup.getCompressedSize() / 2;
    return middle >= slice.start() && middle < slice.end();
  }

  private boolean isPruned(BlockMetaData rowGroup) {
    return !condition.isEverything()
        && !condition.mayPass(
            path ->
                isPartition(path)
                    ? ColumnBounds.UNKNOWN
                    : ParquetBounds.ofRowGroup(rowGroup, stored, path));
  }

  /** Its values are the log's: the planner has looked at them. */
  private boolean isPartition(FieldPath path) {
    return slice.file().partitionValues().containsKey(path.names().get(0));
  }

  private PageReadStore read(int number, BlockMetaData rowGroup) throws IOException {
    if (condition.isEverything() || rowGroup.getRowCount() <= FEW_ROWS) {
      return reader.readRowGroup(number);
    }
    RowRanges wanted;
    try {
      wanted = ranges(condition, reader.getColumnIndexStore(number), rowGroup.getRowCount());
      if (wanted.rowCount() == 0) {
        return null;
      }
      return reader.readFilteredRowGroup(number, wanted);
    } catch (MissingOffsetIndexException e) {
      return reader.readRowGroup(number);
    }
  }

  private RowRanges ranges(Condition part, ColumnIndexStore indexes, long rows) {
    if (part instanceof Condition.OfColumn column) {
      return ranges(column, indexes, rows);
    }
    if (part instanceof Condition.AllOf all) {
      RowRanges ranges = RowRanges.createSingle(rows);
      for (Condition each : all.conditions()) {
        ranges = RowRanges.intersection(ranges, ranges(each, indexes, rows));
      }
      return ranges;
    }
    RowRanges ranges = RowRanges.EMPTY;
    for (Condition each : ((Condition.AnyOf) part).conditions()) {
      ranges = RowRanges.union(ranges, ranges(each, indexes, rows));
    }
    return ranges;
  }

  private RowRanges ranges(Condition.OfColumn part, ColumnIndexStore indexes, long rows) {
    Type field = isPartition(part.path()) ? null : ParquetBounds.field(stored, part.path());
    if (field == null || !field.isPrimitive()) {
      return RowRanges.createSingle(rows);
    }
    ColumnPath path = ParquetBounds.path(part.path());
    ColumnIndex index = indexes.getColumnIndex(path);
    if (index == null) {
      return RowRanges.createSingle(rows);
    }
    OffsetIndex offsets = indexes.getOffsetIndex(path);
    PrimitiveIterator.OfInt pages =
        IntStream.range(0, offsets.getPageCount())
            .filter(
                page ->
                    part.test()
                        .mayPass(
                            ParquetBounds.ofPage(index, offsets, page, rows, part.path(), field)))
            .iterator();
    return RowRanges.create(rows, pages, offsets);
  }
}
