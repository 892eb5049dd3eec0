package dev.larder.io.delta.log;

import dev.larder.io.delta.store.DelegatingStore;
import dev.larder.io.delta.store.LocalLogStore;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A log store whose connection breaks: before a commit is written, or after. */
public final class ThrowingLogStore extends LogStore {
  static final AtomicInteger FAIL_BEFORE = new AtomicInteger();
  static final AtomicInteger FAIL_AFTER = new AtomicInteger();

  private final LocalLogStore store;

  public ThrowingLogStore(Configuration configuration) {
    super(configuration);
    this.store = new LocalLogStore(configuration);
  }

  /** A local table whose log is written by this. */
  static TableStore at(String location) {
    return new DelegatingStore(TableStores.at(location)) {
      @Override
      public LogStore logStore() {
        return new ThrowingLogStore(hadoop());
      }

      @Override
      public Configuration hadoop() {
        Configuration configuration = super.hadoop();
        configuration.set("delta.logStore.file.impl", ThrowingLogStore.class.getName());
        return configuration;
      }
    };
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration conf)
      throws IOException {
    if (FAIL_BEFORE.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IOException("No space left on device");
    }
    store.write(path, actions, overwrite, conf);
    if (FAIL_AFTER.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IOException("connection reset");
    }
  }

  @Override
  public CloseableIterator<String> read(Path path, Configuration conf) throws IOException {
    return store.read(path, conf);
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration conf) throws IOException {
    return store.listFrom(path, conf);
  }

  @Override
  public Path resolvePathOnPhysicalStorage(Path path, Configuration conf) {
    return path;
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration conf) {
    return false;
  }
}
