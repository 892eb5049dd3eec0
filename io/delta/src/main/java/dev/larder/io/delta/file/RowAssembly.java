package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import java.util.List;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** How the rows of a file's row groups are put together. */
interface RowAssembly {

  Rows rows(PageReadStore pages);

  /** The rows of one group, or of its pages that are read. */
  interface Rows {
    /** Null at the end. */
    Object[] next();

    /** The number in the group of the row given last, or {@link PlacedRows#UNKNOWN}. */
    long place();
  }

  /**
   * @param requested {@link Projection#of} the stored columns
   * @param keys of the rows that matter: others may be left out
   */
  static RowAssembly of(
      RowSchema wanted,
      MessageType requested,
      FileMetaData file,
      List<BlockMetaData> rowGroups,
      KeyFilter keys) {
    if (KeyedRows.fits(wanted, requested, rowGroups, keys)) {
      return pages -> new KeyedRows(wanted, requested, pages, keys);
    }
    String createdBy = file.getCreatedBy();
    if (FlatRows.fits(wanted, requested)) {
      return pages -> new FlatRows(wanted, requested, pages, createdBy);
    }
    MessageColumnIO columns =
        new ColumnIOFactory(createdBy).getColumnIO(requested, file.getSchema());
    RowMaterializer materializer = new RowMaterializer(wanted, requested);
    return pages -> new NestedRows(columns.getRecordReader(pages, materializer), pages);
  }

  /** Rows with arrays or maps, put together by Parquet. */
  final class NestedRows implements Rows {
    private final RecordReader<Object[]> reader;
    private long left;

    private NestedRows(RecordReader<Object[]> reader, PageReadStore pages) {
      this.reader = reader;
      this.left = pages.getRowCount();
    }

    @Override
    public Object[] next() {
      return left-- > 0 ? reader.read() : null;
    }

    @Override
    public long place() {
      return PlacedRows.UNKNOWN;
    }
  }
}
