package dev.larder.io.delta.file;

import dev.larder.io.delta.store.Abandonable;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file to be written that can be given up: its space may be what others are short of. */
final class OpenedOutput implements OutputFile {
  private final OutputFile file;
  private PositionOutputStream stream;

  OpenedOutput(OutputFile file) {
    this.file = file;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    stream = file.create(blockSizeHint);
    return stream;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  /**
   * Removes what was written, where the store can.
   *
   * @param cause gets what goes wrong meanwhile
   */
  void abandon(Exception cause) {
    if (stream instanceof Abandonable abandonable) {
      try {
        abandonable.abandon();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
