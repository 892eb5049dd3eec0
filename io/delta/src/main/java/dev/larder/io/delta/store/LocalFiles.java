package dev.larder.io.delta.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Local files as Parquet sees them, without Hadoop's checksum files and child processes.
 *
 * <p>This is the one place where bytes are forced to disk: a file's when it is closed, and its
 * name.
 */
final class LocalFiles {
  private static final int BUFFER = 1 << 16;

  private LocalFiles() {}

  static InputFile input(Path file) {
    return new InputFile() {
      @Override
      public long getLength() throws IOException {
        return Files.size(file);
      }

      @Override
      public SeekableInputStream newStream() throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        return new DelegatingSeekableInputStream(Channels.newInputStream(channel)) {
          @Override
          public long getPos() throws IOException {
            return channel.position();
          }

          @Override
          public void seek(long position) throws IOException {
            channel.position(position);
          }
        };
      }

      @Override
      public String toString() {
        return file.toString();
      }
    };
  }

  /** A file that must not exist yet. */
  static OutputFile output(Path file) {
    return output(file, file);
  }

  /** A file that must not exist yet, and gets its name when it is closed. */
  static OutputFile outputAside(Path file) {
    return output(
        file, file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp"));
  }

  private static OutputFile output(Path file, Path written) {
    return new OutputFile() {
      @Override
      public PositionOutputStream create(long blockSizeHint) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel =
            FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Durable(file, written, channel);
      }

      @Override
      public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return create(blockSizeHint);
      }

      @Override
      public boolean supportsBlockSize() {
        return false;
      }

      @Override
      public long defaultBlockSize() {
        return 0;
      }
    };
  }

  /** What was written into the file is there after a power failure. */
  static void force(FileChannel file) throws IOException {
    file.force(true);
  }

  /** Files that were made, named or removed in the folder are so after a power failure. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static final class Durable extends DelegatingPositionOutputStream implements Abandonable {
    private final Path file;
    private final Path written;
    private final FileChannel channel;
    private final OutputStream out;
    private long position;

    Durable(Path file, Path written, FileChannel channel) {
      this(
          file,
          written,
          channel,
          new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    }

    private Durable(Path file, Path written, FileChannel channel, OutputStream out) {
      super(out);
      this.file = file;
      this.written = written;
      this.channel = channel;
      this.out = out;
    }

    @Override
    public void close() throws IOException {
      if (!channel.isOpen()) {
        return;
      }
      try {
        try (FileChannel closing = channel) {
          out.flush();
          force(closing);
        }
        if (!written.equals(file)) {
          Files.createLink(file, written);
        }
      } finally {
        if (!written.equals(file)) {
          Files.deleteIfExists(written);
        }
      }
      forceFolder(file.getParent());
    }

    @Override
    public void abandon() throws IOException {
      channel.close();
      Files.deleteIfExists(written);
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      super.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      super.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
    }
  }
}
