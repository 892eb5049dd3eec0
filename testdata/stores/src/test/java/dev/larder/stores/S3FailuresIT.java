package dev.larder.stores;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a user reads who has set something wrong. */
public class S3FailuresIT {
  private static final String SECRET_OF_BUCKET = "fs.s3a.bucket.wrong-secret.secret.key";

  @ClassRule public static final S3Lake S3 = new S3Lake("s3-failures");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static String message(String lake) {
    DeltaTable table = DeltaTable.of(lake, "t");
    return assertThrows(UserException.class, table::exists).getMessage();
  }

  @Test
  public void namesABucketThatIsNotThere() {
    assertThat(
        message("s3a://nothing/lake"),
        is(
            "There is no bucket \"nothing\" at "
                + S3.store().endpoint()
                + ". Create it, or correct the lake's URI or fs.s3a.endpoint."));
  }

  @Test
  public void saysThatCredentialsAreRefused() throws Exception {
    Path wrong = Files.writeString(folder.newFile("wrong").toPath(), "hidden");
    S3.store().withBucket("wrong-secret");
    System.setProperty(SECRET_OF_BUCKET, "file:" + wrong);
    try {
      assertThat(
          message("s3a://wrong-secret/lake"),
          is(
              "The object store refused to list s3a://wrong-secret/lake/t/_delta_log/"
                  + " (SignatureDoesNotMatch). Check the credentials, and that they allow"
                  + " s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject there."));
    } finally {
      System.clearProperty(SECRET_OF_BUCKET);
    }
  }
}
