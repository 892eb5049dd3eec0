package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * One Parquet file that rows are written to, straight into its columns: {@code ParquetWriter} would
 * hand each value through a record consumer, and look up Hadoop's configuration for every file.
 */
final class ParquetOutput implements Closeable {
  /** What a writer, and a reader of all columns, hold in memory; also what is read side by side. */
  private static final long ROW_GROUP_BYTES = 16L << 20;

  private static final int ROW_GROUP_CHECK = 1 << 7;

  /** By so many rows it is decided which columns get dictionaries, and which are runs. */
  private static final int FIRST_ROWS = 1 << 12;

  /**
   * Says that days and instants are counted in the Gregorian calendar at all times. Without it
   * Spark refuses to read dates before 1582 and instants before 1900, which a writer of unknown
   * calendar may have counted otherwise (SPARK-31404).
   */
  private static final Map<String, String> GREGORIAN = Map.of("org.apache.spark.version", "3.5.0");

  private final long rowGroupBytes;
  private final String path;
  private final RowSchema schema;
  private final MessageType message;
  private final int pageRows;
  private final ParquetFileWriter file;
  private final ZstdPages pages = new ZstdPages();
  private final FileStatistics.Absences absences = new FileStatistics.Absences();

  /** Held until the first row group begins; null from then on. */
  private List<Object[]> first = new ArrayList<>();

  private ParquetProperties properties;
  private Set<String> single;
  private ColumnChunkPageWriteStore chunks;
  private ColumnWriteStore columns;
  private GroupWriter.Rows rowGroup;
  private long rowsInGroup;
  private long rows;

  /**
   * @param path of the table, for messages
   */
  ParquetOutput(OutputFile out, String path, RowSchema schema) throws IOException {
    this(out, path, schema, ROW_GROUP_BYTES, ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT);
  }

  /** With row groups and pages of another size, for tests of what is read of them. */
  ParquetOutput(OutputFile out, String path, RowSchema schema, long rowGroupBytes, int pageRows)
      throws IOException {
    this.rowGroupBytes = rowGroupBytes;
    this.path = path;
    this.schema = schema;
    this.message = ParquetTypes.message(schema);
    this.pageRows = pageRows;
    this.file = writer(out, message);
    file.start();
  }

  /** A file of row groups that are handed over in full. */
  static ParquetFileWriter writer(OutputFile out, MessageType message) throws IOException {
    return new ParquetFileWriter(
        out,
        message,
        ParquetFileWriter.Mode.CREATE,
        ROW_GROUP_BYTES,
        ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
        ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
        ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
        ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
  }

  /** One column of one row group, to be written among others that come from elsewhere. */
  static final class OneColumn {
    private final ColumnChunkPageWriteStore chunk;
    private final ColumnWriteStore store;
    private final GroupWriter.Rows rows;

    OneColumn(Column column) {
      RowSchema schema = RowSchema.of(column);
      MessageType message = ParquetTypes.message(schema);
      ParquetProperties properties =
          properties(message, ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT, Set.of(), Set.of());
      this.chunk = chunks(new ZstdPages(), message, properties);
      this.store = properties.newColumnWriteStore(message, chunk, chunk);
      this.rows = new GroupWriter.Rows("", schema, message, store);
    }

    void write(Object value) {
      rows.write(new Object[] {value});
      store.endRecord();
    }

    void flush(ParquetFileWriter file) throws IOException {
      store.flush();
      chunk.flushToFileWriter(file);
      store.close();
    }
  }

  private static ColumnChunkPageWriteStore chunks(
      ZstdPages pages, MessageType message, ParquetProperties properties) {
    return new ColumnChunkPageWriteStore(
        pages,
        message,
        HeapByteBufferAllocator.getInstance(),
        properties.getColumnIndexTruncateLength(),
        properties.getPageWriteChecksumEnabled());
  }

  /**
   * Without dictionaries for columns of which few of the first rows repeat, and for hashes unless
   * they do, as those of a link's parents: they would be built for every row group and thrown away.
   * Without them for floating numbers, too: Spark looks up 0.0 in the dictionary, does not find it
   * where -0.0 stands, and passes over rows that are equal to it.
   */
  private static ParquetProperties properties(
      MessageType message, int pageRows, Set<String> distinct, Set<String> repeated) {
    ParquetProperties.Builder builder =
        ParquetProperties.builder()
            .withPageRowCountLimit(pageRows)
            .withValuesWriterFactory(new PlainBytesWriter.Factory());
    for (ColumnDescriptor column : message.getColumns()) {
      PrimitiveType type = column.getPrimitiveType();
      PrimitiveTypeName name = type.getPrimitiveTypeName();
      boolean isHash = name == PrimitiveTypeName.BINARY && type.getLogicalTypeAnnotation() == null;
      boolean isFloating = name == PrimitiveTypeName.FLOAT || name == PrimitiveTypeName.DOUBLE;
      String path = ColumnRuns.path(column.getPath());
      boolean isHashOnce = isHash && !repeated.contains(path);
      if (isHashOnce || isFloating || distinct.contains(path)) {
        builder.withDictionaryEncoding(path, false);
      }
    }
    return builder.build();
  }

  private void startRowGroup() {
    chunks = chunks(pages, message, properties);
    columns = new ColumnRuns(message, single, properties, chunks);
    rowGroup = new GroupWriter.Rows(path, schema, message, columns);
    rowsInGroup = 0;
  }

  void write(Object[] row) throws IOException {
    if (first != null) {
      // Whoever hands over a row may use its array again.
      first.add(row.clone());
      rows++;
      if (first.size() == FIRST_ROWS) {
        writeFirst();
      }
      return;
    }
    put(row);
    rows++;
  }

  /**
   * Writes a row that is encoded as {@link RowCodec} does it, with the columns of this file.
   *
   * @param in where the row begins; behind it afterwards
   * @param shared of each column the value that was not written with the row; absent for others
   */
  void copy(RowBytes in, Object[] shared) throws IOException {
    if (first != null) {
      write(RowCodec.read(schema, schema.size(), shared, in));
      return;
    }
    rowGroup.copy(in, shared);
    endRow();
    rows++;
  }

  private void writeFirst() throws IOException {
    List<Object[]> held = first;
    first = null;
    FirstRows told = FirstRows.of(schema, held);
    boolean tellsMore = held.size() == FIRST_ROWS;
    properties =
        properties(
            message,
            pageRows,
            tellsMore ? told.distinct() : Set.of(),
            tellsMore ? told.repeated() : Set.of());
    single = told.single();
    startRowGroup();
    for (Object[] row : held) {
      put(row);
    }
  }

  private void put(Object[] row) throws IOException {
    rowGroup.write(row);
    endRow();
  }

  private void endRow() throws IOException {
    columns.endRecord();
    rowsInGroup++;
    if (rowsInGroup % ROW_GROUP_CHECK == 0 && columns.getBufferedSize() >= rowGroupBytes) {
      endRowGroup();
      startRowGroup();
    }
  }

  private void endRowGroup() throws IOException {
    if (rowsInGroup > 0) {
      file.startBlock(rowsInGroup);
      columns.flush();
      chunks.flushToFileWriter(file);
      file.endBlock();
      rowGroup.countAbsent(absences);
    }
    columns.close();
  }

  long rows() {
    return rows;
  }

  /** Bytes written and held back so far, about. */
  long size() throws IOException {
    return file.getPos() + (columns == null ? 0 : columns.getBufferedSize());
  }

  /** Completes the file. Nothing can be written afterwards. */
  @Override
  public void close() throws IOException {
    try {
      if (first != null) {
        writeFirst();
      }
      endRowGroup();
      file.end(GREGORIAN);
    } finally {
      pages.release();
    }
  }

  /** The statistics of the closed file. */
  FileStatistics statistics() {
    ParquetMetadata footer = file.getFooter();
    return new FileStatistics(schema, rows, footer.getBlocks(), absences);
  }
}
