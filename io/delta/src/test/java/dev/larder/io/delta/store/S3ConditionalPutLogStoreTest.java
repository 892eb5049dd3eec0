package dev.larder.io.delta.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.store.BrokenS3.Put;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Whether a commit landed, when requests and answers get lost; two JVMs race in testdata/stores.
 */
public class S3ConditionalPutLogStoreTest {
  private static final String KEY = "/bucket/lake/t/_delta_log/00000000000000000007.json";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final BrokenS3 s3 = new BrokenS3();
  private TableStore table;

  @Before
  public void useBrokenStore() throws IOException {
    Path secret = folder.newFile("secret").toPath();
    Files.writeString(secret, "x");
    System.setProperty("fs.s3a.endpoint", s3.endpoint());
    System.setProperty("fs.s3a.access.key", "id");
    System.setProperty("fs.s3a.secret.key", "file:" + secret);
    table = TableStores.of("s3a://bucket/lake", "t");
  }

  @After
  public void close() {
    s3.close();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("fs.s3a."))
        .forEach(System::clearProperty);
  }

  private void commit() throws IOException {
    LogStore log = table.logStore();
    org.apache.hadoop.fs.Path version =
        new org.apache.hadoop.fs.Path("s3a://bucket/lake/t/_delta_log/00000000000000000007.json");
    log.write(version, List.of("{}").iterator(), false, table.hadoop());
  }

  @Test
  public void aCommitIsOneRequest() throws IOException {
    commit();

    assertThat(s3.requests(), contains("PUT " + KEY));
  }

  @Test
  public void theSecondOfTwoCommitsIsRefused() throws IOException {
    commit();

    FileAlreadyExistsException refused =
        assertThrows(FileAlreadyExistsException.class, this::commit);

    assertThat(
        refused.getMessage(), is("s3a://bucket/lake/t/_delta_log/00000000000000000007.json"));
  }

  @Test
  public void aCommitWhoseAnswerGotLostIsKnownToHaveLanded() throws IOException {
    s3.next(Put.WRITTEN_AND_ANSWER_LOST);

    commit();

    assertThat(s3.requests(), contains("PUT " + KEY, "PUT " + KEY, "HEAD " + KEY));
    assertThrows(FileAlreadyExistsException.class, this::commit);
  }

  @Test
  public void aCommitThatGotLostIsRepeated() throws IOException {
    s3.next(Put.LOST);

    commit();

    assertThat(s3.requests(), contains("PUT " + KEY, "PUT " + KEY));
  }

  @Test
  public void aCommitInWhoseWayWasAnotherThatFailedIsRepeated() throws IOException {
    s3.next(Put.CONFLICT, Put.CONFLICT);

    commit();

    assertThat(
        s3.requests(),
        contains("PUT " + KEY, "HEAD " + KEY, "PUT " + KEY, "HEAD " + KEY, "PUT " + KEY));
  }

  @Test
  public void aCommitOfWhichAllAnswersGotLostIsLookedUp() throws IOException {
    s3.next(Put.WRITTEN_AND_ANSWER_LOST, Put.LOST, Put.LOST, Put.LOST);

    commit();

    assertThrows(FileAlreadyExistsException.class, this::commit);
  }

  @Test
  public void aCommitThatNeverArrivesFails() {
    s3.next(Put.LOST, Put.LOST, Put.LOST, Put.LOST);

    IOException failed = assertThrows(IOException.class, this::commit);

    assertThat(failed instanceof FileAlreadyExistsException, is(false));
  }

  @Test
  public void aStoreThatOverwritesIsRefusedBeforeTheFirstCommit() {
    s3.next(Put.OVERWRITES);

    UserException refused = assertThrows(UserException.class, this::commit);

    assertThat(
        refused.getMessage(),
        is(
            "The object store of bucket \"bucket\" overwrites an object although it is asked not to"
                + " (If-None-Match: *), so that two writers could lose each other's commits. Use a"
                + " store that honours it (AWS S3 does since 2024, MinIO, Ceph and others in their"
                + " newer versions)."));
    assertThat(s3.requests(), is(List.of()));
  }
}
