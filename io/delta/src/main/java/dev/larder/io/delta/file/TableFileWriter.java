package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Writes one Parquet file below a table's directory under a name of its own and collects its
 * statistics. Until a commit names it, the file is harmless and invisible.
 */
public final class TableFileWriter {
  private static final Configuration CONFIGURATION = configuration();

  private final Path file;
  private final int bucket;
  private final FileStatistics statistics;
  private final ParquetWriter<Object[]> writer;

  private TableFileWriter(Path table, RowSchema schema, int bucket) throws IOException {
    String prefix = bucket == DataFile.ANY_BUCKET ? "part" : "part-" + bucket;
    this.file = table.resolve(prefix + "-" + UUID.randomUUID() + ".zstd.parquet");
    this.bucket = bucket;
    this.statistics = new FileStatistics(schema);
    Builder builder = new Builder(LocalFiles.output(file), table.toString(), schema);
    for (Column column : schema.columns()) {
      if (RowWriteSupport.isHash(column)) {
        builder.withDictionaryEncoding(column.name(), false);
      }
    }
    this.writer = builder.build();
  }

  static TableFileWriter create(Path table, RowSchema schema, int bucket) {
    try {
      Files.createDirectories(table);
      return new TableFileWriter(table, schema, bucket);
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(table.toString(), e);
    }
  }

  void write(Object[] row) {
    try {
      writer.write(row);
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(file.toString(), e);
    }
    statistics.add(row);
  }

  /** Bytes written and held back so far, about. */
  long size() {
    return writer.getDataSize();
  }

  /** Closes the file; it is complete when this returns. */
  DataFile finish() {
    try {
      writer.close();
      return new DataFile(
          file.getFileName().toString(),
          Files.size(file),
          Files.getLastModifiedTime(file).toMillis(),
          statistics.json(),
          DataFile.bucketTag(bucket));
    } catch (IOException e) {
      throw DeltaErrors.cannotWrite(file.toString(), e);
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
