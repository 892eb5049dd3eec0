package dev.larder.io.delta.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.error.StoreErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TableStoresTest {
  private static final String PLACES =
      " Lakes are kept at a path or file: URI, at s3a://BUCKET/PATH, or at"
          + " abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/PATH.";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @After
  public void forgetSettings() {
    System.clearProperty("fs.s3a.secret.key");
  }

  private static void write(TableStore store, String name) throws IOException {
    try (OutputStream out = store.create(name).create(0)) {
      out.write(name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String message(String lake) {
    return assertThrows(UserException.class, () -> TableStores.of(lake, "t")).getMessage();
  }

  @Test
  public void filesOfALocalTableAreWrittenOnceListedAndDeleted() throws Exception {
    TableStore store = TableStores.of(folder.getRoot().toString(), "vault/t");
    write(store, "day=1%3A2 ä/part-1.parquet");
    write(store, "_larder/spilled");

    assertThrows(FileAlreadyExistsException.class, () -> write(store, "_larder/spilled"));
    assertThat(
        store.list("").stream().map(StoredFile::name).toList(),
        containsInAnyOrder("day=1%3A2 ä/part-1.parquet", "_larder/spilled"));
    StoredFile spilled = store.stat("_larder/spilled").orElseThrow();
    assertThat(store.list("_larder"), is(List.of(spilled)));
    assertThat(spilled.size(), is((long) "_larder/spilled".length()));
    store.delete("_larder/spilled");
    store.delete("_larder/spilled");
    assertThat(store.stat("_larder/spilled").isPresent(), is(false));
    assertThat(store.list("nothing"), is(List.of()));
  }

  @Test
  public void aFileIsFoundByItsNameAndByItsPathInTheLog() throws Exception {
    TableStore store = TableStores.of(folder.getRoot().toString(), "t");
    String name = "day=1%3A2 ä/part-1.parquet";
    write(store, name);

    String logPath = LogPath.encode(name);

    assertThat(logPath, is("day=1%253A2%20ä/part-1.parquet"));
    assertThat(store.name(logPath), is(name));
    assertThat(store.address(logPath), is(store.location() + "/" + name));
    assertThat(store.input(logPath).getLength(), is((long) name.length() + 1));
    String absolute = Path.of(store.location(), name).toUri().toString();
    assertThat(store.name(absolute), is(name));
    assertThat(store.name("file:///elsewhere/part"), is("/elsewhere/part"));
  }

  @Test
  public void aLakeMayBeALink() throws Exception {
    Path lake = folder.newFolder("lake").toPath();
    Path link = Files.createSymbolicLink(folder.getRoot().toPath().resolve("link"), lake);
    TableStore store = TableStores.of(link.toString(), "vault/t");
    write(store, "_delta_log/00000000000000000000.json");

    assertThat(TableStores.tables(link.toString()), is(List.of("vault/t")));
    assertThat(store.location(), is(link + "/vault/t"));
    assertThat(store.list("").get(0).name(), is("_delta_log/00000000000000000000.json"));
  }

  @Test
  public void namesWhatKeepsAFileFromBeingReadOrWritten() {
    String user = System.getProperty("user.name");

    assertThat(
        StoreErrors.cannotWrite("/t/part", new AccessDeniedException("/t/part")).getMessage(),
        is(
            "/t/part cannot be written (permission denied). Let the user "
                + user
                + " write there."));
    assertThat(
        StoreErrors.cannotWrite("/t/part", new IOException("No space left on device")).getMessage(),
        is(
            "/t/part cannot be written (no space is left on the device). Make space there and run"
                + " the batch again: what was written of it is invisible."));
    assertThat(
        StoreErrors.cannotRead("/t/part", new AccessDeniedException("/t/part")).getMessage(),
        is("/t/part cannot be read (permission denied). Let the user " + user + " read it."));
    assertThat(
        StoreErrors.cannotRead("/t/part", new NoSuchFileException("/t/part")).getMessage(),
        is(
            "/t/part is missing, but the table's log names it. Somebody deleted it, or vacuum ran"
                + " with too short a retention: restore it from a copy, or restore a version of the"
                + " table that does not need it."));
  }

  @Test
  public void namesAFileThatHidesAFolder() throws Exception {
    folder.newFile("t");
    TableStore store = TableStores.of(folder.getRoot().toString(), "t/below");

    SinkException error = assertThrows(SinkException.class, () -> store.stat("part-1.parquet"));

    assertThat(error.getMessage(), containsString(store.location() + "/part-1.parquet cannot be"));
  }

  @Test
  public void refusesASchemeThatIsNotKnown() {
    assertThat(
        message("gs://bucket/lake"),
        is("gs://bucket/lake is not a place that is known here." + PLACES));
  }

  @Test
  public void refusesAnObjectStoreWithoutABucket() {
    assertThat(message("s3a:/lake"), is("s3a:/lake names no bucket." + PLACES));
    assertThat(message("s3:lake"), is("s3:lake names no bucket." + PLACES));
  }

  @Test
  public void refusesCredentialsInAUriAndDoesNotShowThem() {
    String message = message("s3a://AKIAX:verysecret@bucket/lake");

    assertThat(
        message,
        is(
            "The lake's s3a: URI holds credentials (it is not shown here). URIs are printed and"
                + " logged: write s3a://BUCKET/PATH and set AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY, or fs.s3a.access.key and fs.s3a.secret.key as references"
                + " (env:NAME or file:PATH), where Larder runs, workers included."));
    assertThat(message("abfss://user:verysecret@account/lake"), not(containsString("verysecret")));
  }

  @Test
  public void refusesASecretAsAValue() {
    System.setProperty("fs.s3a.secret.key", "verysecret");

    assertThat(
        message("s3a://bucket/lake"),
        is(
            "fs.s3a.secret.key is given as its value (not shown) by a system property, which"
                + " process lists show. Give a reference: env:NAME or file:PATH."));
  }

  @Test
  public void s3IsTakenAsS3a() {
    TableStore store = TableStores.of("s3://bucket/a lake/", "vault/t");

    assertThat(store.location(), is("s3a://bucket/a lake/vault/t"));
    assertThat(store.uri().toString(), is("s3a://bucket/a%20lake/vault/t"));
    assertThat(store.name("part%201.parquet"), is("part 1.parquet"));
    assertThat(store.name("s3a://bucket/a%20lake/vault/t/day=1/x"), is("day=1/x"));
    assertThat(store.address("s3a://other/x%20y"), is("s3a://other/x y"));
    assertThat(TableStores.of("s3a://bucket", "t").location(), is("s3a://bucket/t"));
  }

  @Test
  public void saysWhichFileSystemIsMissing() {
    TableStore store = TableStores.of("abfss://c@account.dfs.core.windows.net/lake", "t");

    UserException error = assertThrows(UserException.class, () -> store.stat("x"));

    assertThat(
        error.getMessage(),
        is(
            "abfss://c@account.dfs.core.windows.net/lake/t: the class path has no file system for"
                + " it (Class org.apache.hadoop.fs.azurebfs.SecureAzureBlobFileSystem not found)."
                + " Add org.apache.hadoop:hadoop-azure of the Hadoop version that is there."));
  }
}
