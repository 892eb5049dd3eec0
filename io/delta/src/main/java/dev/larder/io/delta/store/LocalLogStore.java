package dev.larder.io.delta.store;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on a local file system, for delta-standalone (public because it is made by name).
 *
 * <p><b>Guarantees</b>: a commit is written aside and then linked to its name, which the file
 * system refuses if the name exists: of any number of writers, in one JVM or many, exactly one wins
 * a version, and nobody ever sees half a commit. It is forced to disk before it gets its name, and
 * its name before the writer goes on: a commit that was reported outlives a power failure.
 */
public final class LocalLogStore extends LogStore {

  public LocalLogStore(Configuration configuration) {
    super(configuration);
  }

  @Override
  public CloseableIterator<String> read(Path path, Configuration configuration) throws IOException {
    Iterator<String> lines;
    try {
      lines = Files.readAllLines(local(path)).iterator();
    } catch (NoSuchFileException e) {
      throw notFound(path, e);
    }
    return new CloseableIterator<>() {
      @Override
      public void close() {}

      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public String next() {
        return lines.next();
      }
    };
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    java.nio.file.Path target = local(path);
    StringBuilder text = new StringBuilder();
    actions.forEachRemaining(line -> text.append(line).append('\n'));
    java.nio.file.Path aside =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    Files.createDirectories(target.getParent());
    try {
      writeDurably(aside, text.toString());
      if (overwrite) {
        Files.move(
            aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.createLink(target, aside);
      }
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(path.toString());
    } finally {
      Files.deleteIfExists(aside);
    }
    LocalFiles.forceFolder(target.getParent());
  }

  private static void writeDurably(java.nio.file.Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      LocalFiles.force(channel);
    }
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration configuration) throws IOException {
    java.nio.file.Path from = local(path);
    List<FileStatus> found = new ArrayList<>();
    try (Stream<java.nio.file.Path> entries = Files.list(from.getParent())) {
      for (java.nio.file.Path entry : (Iterable<java.nio.file.Path>) entries.sorted()::iterator) {
        String name = entry.getFileName().toString();
        if (name.compareTo(from.getFileName().toString()) >= 0 && !name.startsWith(".")) {
          status(path.getParent(), entry, found);
        }
      }
    } catch (NoSuchFileException e) {
      throw notFound(path, e);
    }
    return found.iterator();
  }

  private static void status(Path parent, java.nio.file.Path entry, List<FileStatus> found)
      throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
      found.add(
          new FileStatus(
              attributes.size(),
              attributes.isDirectory(),
              1,
              attributes.size(),
              attributes.lastModifiedTime().toMillis(),
              new Path(parent, entry.getFileName().toString())));
    } catch (NoSuchFileException e) {
      // Removed since it was listed: a log clean-up by someone else.
    }
  }

  @Override
  public Path resolvePathOnPhysicalStorage(Path path, Configuration configuration) {
    return path;
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static FileNotFoundException notFound(Path path, Exception cause) {
    FileNotFoundException notFound = new FileNotFoundException("no such file: " + path);
    notFound.initCause(cause);
    return notFound;
  }
}
