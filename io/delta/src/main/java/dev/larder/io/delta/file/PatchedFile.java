package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Writes a file anew with a {@link ColumnPatch}: the patched columns are decoded and encoded, the
 * chunks of all others are copied as they are.
 *
 * <p><b>Cost</b>: what copying a file costs, and for the patched columns what reading and writing
 * them costs; with two small columns of eight, a tenth of writing all rows anew.
 */
final class PatchedFile {
  private final ParquetFileReader reader;
  private final MessageType message;
  private final RowSchema schema;
  private final List<String> columns;
  private final ColumnPatch patch;
  private final ColumnPatch.Rows places;
  private final OpenedOutput output;
  private long ended;

  private PatchedFile(
      ParquetFileReader reader, RowSchema schema, ColumnPatch patch, OpenedOutput output) {
    this.reader = reader;
    this.message = reader.getFileMetaData().getSchema();
    this.schema = schema;
    this.columns = patch.columns();
    this.patch = patch;
    this.places = patch.inOrder();
    this.output = output;
  }

  /**
   * @param schema of the table
   * @return nothing if the file has nested columns, lacks a patched one, or holds one in another
   *     form than it would be written in: its rows have to be written anew
   */
  static Optional<DataFile> write(
      TableStore store, DataFile file, RowSchema schema, ColumnPatch patch, StatisticsScope scope) {
    String name = TableFileWriter.newName("", file.bucket());
    OpenedOutput output = new OpenedOutput(store.create(name));
    try (ParquetFileReader reader = TableFileReader.parquet(store.input(file.path()))) {
      MessageType message = reader.getFileMetaData().getSchema();
      if (!fits(message, schema, patch.columns())) {
        return Optional.empty();
      }
      RowSchema stored = inFile(schema, message);
      PatchedFile patched = new PatchedFile(reader, stored, patch, output);
      try (SeekableInputStream in = store.input(file.path()).newStream()) {
        FileStatistics statistics = patched.copy(in);
        return Optional.of(
            TableFileWriter.finished(store, name, file.bucket(), statistics.json(scope))
                .withEndedRows(patched.ended));
      }
    } catch (IOException e) {
      output.abandon(e);
      throw DeltaErrors.cannotWrite(TableFileWriter.address(store, name), e);
    } catch (RuntimeException e) {
      output.abandon(e);
      throw e;
    }
  }

  private static boolean fits(MessageType message, RowSchema schema, List<String> columns) {
    return message.getFields().stream().allMatch(KeyedRows::isFlat)
        && message.getFields().stream().allMatch(field -> schema.find(field.getName()) >= 0)
        && columns.stream().allMatch(message::containsField)
        && Projection.holds(ParquetTypes.message(schema), message);
  }

  /** The columns that the file has, in its order. */
  private static RowSchema inFile(RowSchema schema, MessageType message) {
    List<Column> columns = new ArrayList<>();
    for (var field : message.getFields()) {
      Column column = schema.column(schema.position(field.getName()));
      columns.add(
          new Column(column.name(), column.type(), field.isRepetition(Repetition.OPTIONAL)));
    }
    return RowSchema.of(columns);
  }

  private FileStatistics copy(SeekableInputStream in) throws IOException {
    ParquetFileWriter out = ParquetOutput.writer(output, message);
    out.start();
    reader.setRequestedSchema(
        new MessageType(
            message.getName(), columns.stream().map(message::getType).distinct().toList()));
    long rows = 0;
    for (int i = 0; i < reader.getRowGroups().size(); i++) {
      BlockMetaData rowGroup = reader.getRowGroups().get(i);
      out.startBlock(rowGroup.getRowCount());
      Map<String, ParquetOutput.OneColumn> patched = patched(reader.readRowGroup(i));
      for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
        ParquetOutput.OneColumn column = patched.get(chunk.getPath().toArray()[0]);
        if (column == null) {
          copy(in, chunk, out);
        } else {
          column.flush(out);
        }
      }
      out.endBlock();
      rows += rowGroup.getRowCount();
    }
    out.end(reader.getFileMetaData().getKeyValueMetaData());
    return new FileStatistics(
        schema, rows, out.getFooter().getBlocks(), new FileStatistics.Absences());
  }

  private void copy(SeekableInputStream in, ColumnChunkMetaData chunk, ParquetFileWriter out)
      throws IOException {
    ColumnDescriptor column = message.getColumnDescription(chunk.getPath().toArray());
    out.appendColumnChunk(
        column, in, chunk, null, reader.readColumnIndex(chunk), reader.readOffsetIndex(chunk));
  }

  private Map<String, ParquetOutput.OneColumn> patched(PageReadStore pages) {
    RowSchema wanted =
        RowSchema.of(columns.stream().map(name -> schema.column(schema.position(name))).toList());
    Map<String, ParquetOutput.OneColumn> patched = new LinkedHashMap<>();
    wanted
        .columns()
        .forEach(column -> patched.put(column.name(), new ParquetOutput.OneColumn(column)));
    List<ParquetOutput.OneColumn> written = List.copyOf(patched.values());
    MessageType requested = Projection.of(wanted, message);
    FlatRows rows = new FlatRows(wanted, requested, pages, reader.getFileMetaData().getCreatedBy());
    for (Object[] row = rows.next(); row != null; row = rows.next()) {
      Object[] other = places.next();
      Object[] values = other == null ? row : other;
      ended += patch.hasEnded(values) ? 1 : 0;
      for (int i = 0; i < values.length; i++) {
        written.get(i).write(values[i]);
      }
    }
    return patched;
  }
}
