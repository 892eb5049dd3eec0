package dev.larder.io.delta.log;

import dev.larder.io.delta.store.Abandonable;
import java.io.IOException;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file that is there when it was finished, not when its stream is closed: Parquet's writer closes
 * after an error too, and leaves a file that looks complete.
 */
final class WholeFile implements OutputFile {
  private final OutputFile file;
  private PositionOutputStream stream;

  WholeFile(OutputFile file) {
    this.file = file;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    stream = file.create(blockSizeHint);
    PositionOutputStream out = stream;
    return new DelegatingPositionOutputStream(out) {
      @Override
      public long getPos() throws IOException {
        return out.getPos();
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        out.flush();
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  void finish() throws IOException {
    stream.close();
  }

  /** A stream that cannot be abandoned is not closed: that would make its file. */
  void abandon() throws IOException {
    if (stream instanceof Abandonable abandonable) {
      abandonable.abandon();
    }
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }
}
