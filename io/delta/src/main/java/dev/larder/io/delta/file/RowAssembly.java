package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import java.util.function.Supplier;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** How the rows of a file's row groups are put together. */
interface RowAssembly {

  /** The rows of one group, one a call; to be called as often as there are rows. */
  Supplier<Object[]> rows(PageReadStore pages);

  /**
   * @param requested {@link Projection#of} the stored columns
   */
  static RowAssembly of(
      RowSchema wanted, MessageType requested, MessageType stored, String createdBy) {
    if (requested.getFieldCount() > 0
        && requested.getFields().stream().allMatch(Type::isPrimitive)) {
      return pages -> new FlatRows(wanted, requested, pages, createdBy);
    }
    MessageColumnIO columns = new ColumnIOFactory(createdBy).getColumnIO(requested, stored);
    RowMaterializer materializer = new RowMaterializer(wanted, requested);
    return pages -> {
      RecordReader<Object[]> reader = columns.getRecordReader(pages, materializer);
      return reader::read;
    };
  }
}
