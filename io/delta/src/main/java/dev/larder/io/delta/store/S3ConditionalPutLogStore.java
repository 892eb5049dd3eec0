package dev.larder.io.delta.store;

import com.amazonaws.services.s3.model.S3ObjectSummary;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3, for any number of writers in any number of JVMs.
 *
 * <p><b>Guarantees</b>: a commit is one PUT with {@code If-None-Match: *}, which the object store
 * refuses if the version is there: exactly one of many writers gets it, nobody sees half of it, and
 * a request that was repeated because its answer got lost does not take its own success for
 * another's. Delta's own log store for S3 looks first and puts then, which is safe in one JVM only;
 * Spark's writers must be given this class ({@code
 * spark.delta.logStore.s3a.impl=dev.larder.io.delta.store.S3ConditionalPutLogStore}) when they
 * write to a table at the same time.
 *
 * <p><b>Cost</b>: a request for each commit, each commit that is read, and 1,000 names listed.
 *
 * <p><b>Source</b>: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
 * writes of Amazon S3</a>; docs/adr/0008.
 *
 * <p>Public because delta-standalone makes it by name.
 */
public final class S3ConditionalPutLogStore extends LogStore {

  public S3ConditionalPutLogStore(Configuration settings) {
    super(settings);
  }

  @Override
  public CloseableIterator<String> read(Path path, Configuration settings) throws IOException {
    byte[] content = bucket(path, settings).get(key(path));
    Iterator<String> lines = new String(content, StandardCharsets.UTF_8).lines().iterator();
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
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration settings)
      throws IOException {
    StringBuilder text = new StringBuilder();
    actions.forEachRemaining(line -> text.append(line).append('\n'));
    byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
    S3Bucket bucket = bucket(path, settings);
    if (overwrite) {
      bucket.put(key(path), content);
    } else {
      bucket.putIfAbsent(key(path), content);
    }
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration settings) throws IOException {
    Path parent = path.getParent();
    String folder = key(parent) + "/";
    S3Bucket bucket = bucket(path, settings);
    List<FileStatus> found = new ArrayList<>();
    for (S3ObjectSummary object :
        bucket.list(folder, justBefore(path.getName()), Integer.MAX_VALUE)) {
      String name = object.getKey().substring(folder.length());
      if (name.compareTo(path.getName()) >= 0) {
        long modifiedAt = object.getLastModified().getTime();
        found.add(
            new FileStatus(
                object.getSize(), false, 1, object.getSize(), modifiedAt, new Path(parent, name)));
      }
    }
    if (found.isEmpty() && bucket.list(folder, "", 1).isEmpty()) {
      throw new FileNotFoundException("no such folder: " + parent);
    }
    return found.iterator();
  }

  /** A name that is less than this one, with few names between: listings begin after a name. */
  private static String justBefore(String name) {
    int last = name.length() - 1;
    return name.substring(0, last) + (char) (name.charAt(last) - 1) + "~";
  }

  @Override
  public Path resolvePathOnPhysicalStorage(Path path, Configuration settings) {
    return path;
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration settings) {
    return false;
  }

  private static S3Bucket bucket(Path path, Configuration settings) throws IOException {
    return S3Bucket.of(path.toUri().getAuthority(), settings);
  }

  private static String key(Path path) {
    return path.toUri().getPath().substring(1);
  }
}
