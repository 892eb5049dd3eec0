package dev.larder.stores;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.ClassRule;
import org.junit.Test;

/** The log store itself: who wins a version, and what is listed. */
public class S3LogStoreIT {
  private static final int WRITERS = 16;
  private static final int COMMITS = 50;

  @ClassRule public static final S3Lake S3 = new S3Lake("s3-log");

  private final TableStore table = TableStores.of(S3.lake("log-" + System.nanoTime()), "t");
  private final LogStore log = table.logStore();
  private final Configuration settings = table.hadoop();

  private Path version(long number) {
    return new Path(
        new Path(new Path(table.uri()), TableStore.LOG), String.format("%020d.json", number));
  }

  private void write(long number, String line) throws IOException {
    log.write(version(number), List.of(line).iterator(), false, settings);
  }

  private String read(long number) throws IOException {
    try (CloseableIterator<String> lines = log.read(version(number), settings)) {
      return lines.next();
    }
  }

  private long next(long from) throws IOException {
    Iterator<FileStatus> listed = log.listFrom(version(from), settings);
    long next = from;
    while (listed.hasNext()) {
      next = Long.parseLong(listed.next().getPath().getName().substring(0, 20)) + 1;
    }
    return next;
  }

  private Void commit(int writer, Map<Long, String> won) throws IOException {
    long version = 0;
    for (int i = 0; i < COMMITS; ) {
      String line = "writer " + writer + ", commit " + i;
      try {
        write(version, line);
        assertThat(won.put(version, line) == null, is(true));
        version++;
        i++;
      } catch (FileAlreadyExistsException e) {
        version = next(version);
      }
    }
    return null;
  }

  @Test
  public void ofSixteenWritersOneWinsEachVersion() throws Exception {
    Map<Long, String> won = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        writers.add(() -> commit(number, won));
      }
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }

    Map<Long, String> stored = new TreeMap<>();
    for (long version = 0; version < WRITERS * COMMITS; version++) {
      stored.put(version, read(version));
    }
    assertThat(stored, is(new TreeMap<>(won)));
    assertThat(next(0), is((long) WRITERS * COMMITS));
  }
}
