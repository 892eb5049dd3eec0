package dev.larder.io.delta.store;

import dev.larder.io.delta.error.StoreErrors;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** A table in a folder of a local (or mounted) file system. */
final class LocalStore implements TableStore {
  private final Path directory;

  /**
   * @param directory absolute
   */
  LocalStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public String location() {
    return directory.toString();
  }

  @Override
  public URI uri() {
    return directory.toUri();
  }

  @Override
  public String name(String logPath) {
    Path file = resolve(logPath);
    return file.startsWith(directory) ? name(directory, file) : file.toString();
  }

  private static String name(Path above, Path file) {
    return above.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public String address(String logPath) {
    return resolve(logPath).toString();
  }

  private Path resolve(String logPath) {
    URI uri = LogPath.decode(logPath);
    return uri.isAbsolute() ? Path.of(uri.getPath()) : directory.resolve(uri.getPath());
  }

  @Override
  public InputFile input(String logPath) {
    return LocalFiles.input(resolve(logPath));
  }

  @Override
  public OutputFile create(String name) {
    Path file = directory.resolve(name);
    // What others find in a log by listing it must be whole from the first moment.
    return name.startsWith(LOG + "/") ? LocalFiles.outputAside(file) : LocalFiles.output(file);
  }

  @Override
  public OutputStream createPassing(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public Optional<StoredFile> stat(String name) {
    Path file = directory.resolve(name);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(stored(name, attributes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.cannotRead(file.toString(), e);
    }
  }

  private static StoredFile stored(String name, BasicFileAttributes attributes) {
    return new StoredFile(name, attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  @Override
  public List<StoredFile> list(String folder) {
    List<StoredFile> found = new ArrayList<>();
    walk(
        directory.resolve(folder),
        top ->
            new Present() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String below = name(top, file);
                String name = folder.isEmpty() ? below : folder + "/" + below;
                found.add(stored(name, attributes));
                return FileVisitResult.CONTINUE;
              }
            });
    return found;
  }

  @Override
  public void delete(String name) {
    Path file = directory.resolve(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw StoreErrors.cannotWrite(file.toString(), e);
    }
  }

  /** Deletes a folder and those in it, of which none holds a file any more. */
  static void deleteFolders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> folders = Files.walk(folder)) {
      for (Path each : folders.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw StoreErrors.cannotWrite(folder.toString(), e);
    }
  }

  @Override
  public LogStore logStore() {
    return new LocalLogStore(hadoop());
  }

  @Override
  public Configuration hadoop() {
    Configuration configuration = new Configuration(false);
    configuration.set("delta.logStore.file.impl", LocalLogStore.class.getName());
    // Without checksum files beside every file of the log.
    configuration.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    return configuration;
  }

  @Override
  public Optional<Object> identity() {
    try {
      return Optional.ofNullable(
          Files.readAttributes(directory.resolve(LOG), BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The names of the tables below a folder, sorted. */
  static List<String> tables(Path lake) {
    List<String> names = new ArrayList<>();
    walk(
        lake,
        top ->
            new Present() {
              @Override
              public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes any) {
                if (!Files.isDirectory(folder.resolve(LOG))) {
                  return FileVisitResult.CONTINUE;
                }
                names.add(name(top, folder));
                return FileVisitResult.SKIP_SUBTREE;
              }
            });
    Collections.sort(names);
    return names;
  }

  /** Links are not followed, but for the folder itself: the visitor is told where it leads. */
  private static void walk(Path folder, Function<Path, Present> visitor) {
    try {
      if (Files.isDirectory(folder)) {
        Path top = folder.toRealPath();
        Files.walkFileTree(top, visitor.apply(top));
      }
    } catch (IOException e) {
      throw StoreErrors.cannotRead(folder.toString(), e);
    }
  }

  /** Passes over what was removed since its folder was read. */
  private static class Present extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      if (e == null || e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return location();
  }
}
