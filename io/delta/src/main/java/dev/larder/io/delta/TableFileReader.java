package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;

/** The rows of one Parquet file, in the columns of a wanted schema. */
final class TableFileReader implements RowIterator {
  private static final Configuration CONFIGURATION = new Configuration(false);

  private final Path file;
  private final ParquetReader<Object[]> reader;
  private Object[] next;

  private TableFileReader(Path file, RowSchema wanted) {
    this.file = file;
    try {
      this.reader = new Builder(LocalFiles.input(file), wanted).build();
    } catch (IOException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
    advance();
  }

  static TableFileReader open(Path file, RowSchema wanted) {
    return new TableFileReader(file, wanted);
  }

  private void advance() {
    try {
      next = reader.read();
    } catch (IOException | RuntimeException e) {
      close();
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Object[] next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Object[] row = next;
    advance();
    return row;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
  }

  private static final class Builder extends ParquetReader.Builder<Object[]> {
    private final RowSchema wanted;

    Builder(InputFile file, RowSchema wanted) {
      super(file);
      this.wanted = wanted;
      withConf(CONFIGURATION);
    }

    @Override
    protected ReadSupport<Object[]> getReadSupport() {
      return new RowReadSupport(wanted);
    }
  }
}
