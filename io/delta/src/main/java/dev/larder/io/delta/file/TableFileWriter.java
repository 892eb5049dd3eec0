package dev.larder.io.delta.file;

import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.LogPath;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;

/**
 * Writes one Parquet file below a table under a name of its own and collects its statistics. Until
 * a commit names it, the file is harmless and invisible.
 */
public final class TableFileWriter {
  private final TableStore store;
  private final String name;
  private final int bucket;
  private final OpenedOutput output;
  private final ParquetOutput parquet;

  private TableFileWriter(TableStore store, String name, RowSchema schema, int bucket)
      throws IOException {
    this.store = store;
    this.name = name;
    this.bucket = bucket;
    this.output = new OpenedOutput(store.create(name));
    this.parquet = new ParquetOutput(output, store.location(), schema);
  }

  /**
   * @param folder below the table, with a slash at its end, or empty
   */
  static TableFileWriter create(TableStore store, String folder, RowSchema schema, int bucket) {
    String name = newName(folder, bucket);
    try {
      return new TableFileWriter(store, name, schema, bucket);
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(address(store, name), e);
    }
  }

  /** A name that no file has. */
  static String newName(String folder, int bucket) {
    String prefix = bucket == DataFile.ANY_BUCKET ? "part" : "part-" + bucket;
    return folder + prefix + "-" + UUID.randomUUID() + ".zstd.parquet";
  }

  static String address(TableStore store, String name) {
    return store.address(LogPath.encode(name));
  }

  void write(Object[] row) {
    write(() -> parquet.write(row));
  }

  /** Writes a row as {@link RowCodec} has it, and what is not with it; goes behind it. */
  void copy(RowBytes row, Object[] shared) {
    write(() -> parquet.copy(row, shared));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      output.abandon(e);
      throw DeltaErrors.cannotWrite(address(store, name), e);
    } catch (RuntimeException e) {
      output.abandon(e);
      throw e;
    }
  }

  /** Bytes written and held back so far, about. */
  long size() {
    try {
      return parquet.size();
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(address(store, name), e);
    }
  }

  /**
   * Closes the file; it is complete and durable when this returns.
   *
   * @param scope which columns have statistics
   */
  DataFile finish(StatisticsScope scope) {
    try {
      parquet.close();
      return finished(store, name, bucket, parquet.statistics().json(scope));
    } catch (IOException e) {
      output.abandon(e);
      throw DeltaErrors.cannotWrite(address(store, name), e);
    } catch (RuntimeException e) {
      output.abandon(e);
      throw e;
    }
  }

  /** A file that was closed, as the log is to name it. */
  static DataFile finished(TableStore store, String name, int bucket, String statistics)
      throws IOException {
    StoredFile stored = store.stat(name).orElseThrow(() -> new FileNotFoundException(name));
    return new DataFile(
        LogPath.encode(name),
        stored.size(),
        stored.modifiedAt(),
        statistics,
        DataFile.bucketTag(bucket));
  }

  long rows() {
    return parquet.rows();
  }
}
