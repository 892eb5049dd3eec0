package dev.larder.stores;

import java.nio.file.Path;
import org.junit.ClassRule;
import org.junit.Test;

/** Two processes, 200 commits each, one table on an object store. */
public class TwoJvmsS3IT {
  @ClassRule public static final S3Lake S3 = new S3Lake("two-jvms-s3");

  @Test
  public void nothingIsLostOrDoubledAndNoVersionIsLeftOut() throws Exception {
    TwoWriters writers = new TwoWriters(S3.lake("two-jvms-" + System.nanoTime()), 200);

    writers.run(Path.of("target", "two-jvms-s3"), S3.options());

    writers.assertNothingIsLostOrDoubled();
  }
}
