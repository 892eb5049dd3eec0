package dev.larder.io.delta.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSSessionCredentials;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class S3SettingsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @After
  public void forgetSettings() {
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("fs.s3a."))
        .forEach(System::clearProperty);
  }

  private static Configuration settings() {
    return TableStores.of("s3a://bucket/lake", "t").hadoop();
  }

  @Test
  public void secretsAreLookedUpWhenTheyAreUsedAndStandNowhere() throws Exception {
    Path secret = folder.newFile("secret").toPath();
    Files.writeString(secret, "first\n");
    System.setProperty("fs.s3a.access.key", "id");
    System.setProperty("fs.s3a.secret.key", "file:" + secret);

    Configuration settings = settings();
    ReferencedS3Credentials credentials =
        new ReferencedS3Credentials(URI.create("s3a://bucket"), settings);
    AWSCredentials before = credentials.getCredentials();
    Files.writeString(secret, "second-secret\n");

    assertThat(before.getAWSAccessKeyId(), is("id"));
    assertThat(before.getAWSSecretKey(), is("first"));
    assertThat(credentials.getCredentials().getAWSSecretKey(), is("second-secret"));
    assertThat(credentials.toString(), is("credentials by file:" + secret));
    assertThat(
        settings.get("fs.s3a.aws.credentials.provider"),
        is(ReferencedS3Credentials.class.getName()));
    StringWriter all = new StringWriter();
    settings.writeXml(all);
    assertThat(all.toString(), not(containsString("second-secret")));
  }

  @Test
  public void aSessionTokenMayComeWithThem() throws Exception {
    Path secret = folder.newFile("secret").toPath();
    Files.writeString(secret, "x");
    System.setProperty("fs.s3a.access.key", "file:" + secret);
    System.setProperty("fs.s3a.secret.key", "file:" + secret);
    System.setProperty("fs.s3a.session.token", "file:" + secret);

    AWSCredentials credentials =
        new ReferencedS3Credentials(URI.create("s3a://bucket"), settings()).getCredentials();

    assertThat(credentials, is(instanceOf(AWSSessionCredentials.class)));
    assertThat(credentials.getAWSAccessKeyId(), is("x"));
  }

  @Test
  public void otherThanAwsIsSpokenToWithTheBucketInThePath() {
    assertThat(settings().getBoolean("fs.s3a.path.style.access", false), is(false));

    System.setProperty("fs.s3a.endpoint", "https://minio:9000");
    assertThat(settings().getBoolean("fs.s3a.path.style.access", false), is(true));

    System.setProperty("fs.s3a.path.style.access", "false");
    assertThat(settings().getBoolean("fs.s3a.path.style.access", true), is(false));
  }

  @Test
  public void aBucketMayHaveSettingsOfItsOwn() {
    System.setProperty("fs.s3a.endpoint", "https://minio:9000");
    System.setProperty("fs.s3a.bucket.bucket.endpoint", "https://other:9000");

    assertThat(settings().get("fs.s3a.endpoint"), is("https://other:9000"));
  }

  @Test
  public void whatTheUserSetsWinsOverWhatIsBetterForParquet() {
    assertThat(settings().get("fs.s3a.experimental.input.fadvise"), is("random"));

    System.setProperty("fs.s3a.experimental.input.fadvise", "sequential");

    assertThat(settings().get("fs.s3a.experimental.input.fadvise"), is("sequential"));
  }
}
