package dev.larder.io.delta.log;

import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The folder that holds a table's log: its files by their version. */
final class LogFolder {
  static final String LAST_CHECKPOINT = "_last_checkpoint";

  private final TableStore store;
  private final LogStore logStore;
  private final Configuration configuration;
  private final Path folder;

  LogFolder(TableStore store) {
    this.store = store;
    this.logStore = store.logStore();
    this.configuration = store.hadoop();
    this.folder = new Path(new Path(store.uri()), TableStore.LOG);
  }

  TableStore store() {
    return store;
  }

  /** The table's place, for messages. */
  String location() {
    return store.location();
  }

  /** The address of a file of the log, for messages. */
  String address(String name) {
    return location() + "/" + TableStore.LOG + "/" + name;
  }

  static String commitName(long version) {
    return String.format(Locale.ROOT, "%020d.json", version);
  }

  /** The lines of a version; empty if the version is not there. */
  Optional<List<String>> read(long version) {
    return read(commitName(version));
  }

  /** The lines of a file of the log; empty if it is not there. */
  Optional<List<String>> read(String name) {
    List<String> lines = new ArrayList<>();
    try (CloseableIterator<String> read = logStore.read(new Path(folder, name), configuration)) {
      read.forEachRemaining(lines::add);
      return Optional.of(lines);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DeltaErrors.cannotRead(address(name), e);
    } catch (UncheckedIOException e) {
      throw DeltaErrors.cannotRead(address(name), e.getCause());
    }
  }

  /**
   * Writes a version.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the version is there
   */
  void write(long version, List<String> lines) throws IOException {
    logStore.write(new Path(folder, commitName(version)), lines.iterator(), false, configuration);
  }

  void overwrite(String name, String line) throws IOException {
    logStore.write(new Path(folder, name), List.of(line).iterator(), true, configuration);
  }

  /** Size and time of a version's file; empty if it is not there. */
  Optional<StoredFile> stat(long version) {
    return store.stat(TableStore.LOG + "/" + commitName(version));
  }

  /** The files of versions from {@code from} on, checkpoints of that version included. */
  LogListing list(long from) {
    List<StoredFile> files = new ArrayList<>();
    try {
      Iterator<FileStatus> listed =
          logStore.listFrom(
              new Path(folder, String.format(Locale.ROOT, "%020d.", from)), configuration);
      while (listed.hasNext()) {
        FileStatus file = listed.next();
        if (!file.isDirectory()) {
          files.add(
              new StoredFile(file.getPath().getName(), file.getLen(), file.getModificationTime()));
        }
      }
    } catch (FileNotFoundException e) {
      return new LogListing(from, List.of());
    } catch (IOException e) {
      throw DeltaErrors.cannotOpen(location(), e);
    }
    return new LogListing(from, files);
  }

  void delete(String name) {
    store.delete(TableStore.LOG + "/" + name);
  }
}
