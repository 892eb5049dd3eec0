package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.LogPath;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Writes one Parquet file below a table under a name of its own and collects its statistics. Until
 * a commit names it, the file is harmless and invisible.
 */
public final class TableFileWriter {
  private static final Configuration CONFIGURATION = configuration();

  private final TableStore store;
  private final String name;
  private final int bucket;
  private final FileStatistics statistics;
  private final ParquetWriter<Object[]> writer;

  private TableFileWriter(TableStore store, String name, RowSchema schema, int bucket)
      throws IOException {
    this.store = store;
    this.name = name;
    this.bucket = bucket;
    this.statistics = new FileStatistics(schema);
    Builder builder = new Builder(store.create(name), store.location(), schema);
    for (Column column : schema.columns()) {
      if (RowWriteSupport.isHash(column)) {
        builder.withDictionaryEncoding(column.name(), false);
      }
    }
    this.writer = builder.build();
  }

  /**
   * @param folder below the table, with a slash at its end, or empty
   */
  static TableFileWriter create(TableStore store, String folder, RowSchema schema, int bucket) {
    String prefix = bucket == DataFile.ANY_BUCKET ? "part" : "part-" + bucket;
    String name = folder + prefix + "-" + UUID.randomUUID() + ".zstd.parquet";
    try {
      return new TableFileWriter(store, name, schema, bucket);
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(address(store, name), e);
    }
  }

  private static String address(TableStore store, String name) {
    return store.address(LogPath.encode(name));
  }

  void write(Object[] row) {
    try {
      writer.write(row);
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(address(store, name), e);
    }
    statistics.add(row);
  }

  /** Bytes written and held back so far, about. */
  long size() {
    return writer.getDataSize();
  }

  /** Closes the file; it is complete and durable when this returns. */
  DataFile finish() {
    try {
      writer.close();
      StoredFile stored = store.stat(name).orElseThrow(() -> new FileNotFoundException(name));
      return new DataFile(
          LogPath.encode(name),
          stored.size(),
          stored.modifiedAt(),
          statistics.json(),
          DataFile.bucketTag(bucket));
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(address(store, name), e);
    }
  }

  long rows() {
    return statistics.rows();
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(false);
    configuration.setInt("parquet.compression.codec.zstd.level", 3);
    return configuration;
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final String path;
    private final RowSchema schema;

    Builder(OutputFile file, String path, RowSchema schema) {
      super(file);
      this.path = path;
      this.schema = schema;
      withConf(CONFIGURATION);
      withCompressionCodec(CompressionCodecName.ZSTD);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
      return new RowWriteSupport(path, schema);
    }
  }
}
