package dev.larder.io.delta.file;

import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file that counts what is read from it. */
final class CountedInput implements InputFile {
  private final InputFile file;
  private final ScanCounts counts;

  CountedInput(InputFile file, ScanCounts counts) {
    this.file = file;
    this.counts = counts;
  }

  @Override
  public long getLength() throws IOException {
    return file.getLength();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    SeekableInputStream stream = file.newStream();
    return new DelegatingSeekableInputStream(stream) {
      @Override
      public long getPos() throws IOException {
        return stream.getPos();
      }

      @Override
      public void seek(long position) throws IOException {
        stream.seek(position);
      }

      @Override
      public int read() throws IOException {
        int read = stream.read();
        counts.readBytes(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = stream.read(bytes, offset, length);
        counts.readBytes(Math.max(read, 0));
        return read;
      }

      @Override
      public void readFully(byte[] bytes, int offset, int length) throws IOException {
        stream.readFully(bytes, offset, length);
        counts.readBytes(length);
      }

      @Override
      public void readFully(byte[] bytes) throws IOException {
        readFully(bytes, 0, bytes.length);
      }

      @Override
      public void readFully(java.nio.ByteBuffer buffer) throws IOException {
        int length = buffer.remaining();
        stream.readFully(buffer);
        counts.readBytes(length);
      }

      @Override
      public int read(java.nio.ByteBuffer buffer) throws IOException {
        int read = stream.read(buffer);
        counts.readBytes(Math.max(read, 0));
        return read;
      }
    };
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
