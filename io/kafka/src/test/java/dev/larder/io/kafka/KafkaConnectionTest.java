package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class KafkaConnectionTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Before
  public void notEveryTestRunsThePipeline() {
    pipeline.enableAbandonedNodeEnforcement(false);
  }

  @Test
  public void speaksToEventHubsWithTheConnectionStringByReference() throws IOException {
    Path file = folder.newFile().toPath();
    Files.writeString(file, "Endpoint=sb://n/;SharedAccessKey=a\"b\\c=");
    KafkaConnection connection =
        KafkaConnection.toEventHubs("n.servicebus.windows.net", SecretRef.parse("file:" + file));

    Map<String, Object> config = ConsumerPool.config(connection);

    assertThat(config.get("bootstrap.servers"), is("n.servicebus.windows.net:9093"));
    assertThat(config.get("security.protocol"), is("SASL_SSL"));
    assertThat(config.get("sasl.mechanism"), is("PLAIN"));
    assertThat(
        config.get("sasl.jaas.config"),
        is(
            "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"$ConnectionString\""
                + " password=\"Endpoint=sb://n/;SharedAccessKey=a\\\"b\\\\c=\";"));
    assertThat(config.get("connections.max.idle.ms"), is("180000"));
    assertThat(config.get("metadata.max.age.ms"), is("180000"));
    assertThat(connection.toString(), not(containsString("SharedAccessKey")));
  }

  @Test
  public void aSecretAmongTheSettingsMustBeAReference() throws IOException {
    UserException error =
        assertThrows(
            UserException.class,
            () -> KafkaConnection.to("h:1").withSetting("ssl.keystore.password", "s3cret"));
    Path file = folder.newFile().toPath();
    Files.writeString(file, "s3cret");
    KafkaConnection connection =
        KafkaConnection.to("h:1").withSetting("ssl.keystore.password", "file:" + file);

    assertThat(
        error.getMessage(),
        is(
            "Kafka setting ssl.keystore.password: A secret must be given as a reference, not as its"
                + " value (which is not shown here). Put it into an environment variable and write"
                + " env:NAME, or into a file and write file:PATH."));
    assertThat(connection.clientConfig().get("ssl.keystore.password"), is("s3cret"));
    assertThat(connection.toString(), not(containsString("s3cret")));
  }

  @Test
  public void logsInByScramWhereTheMechanismSaysSo() throws IOException {
    Path file = folder.newFile().toPath();
    Files.writeString(file, "pw");
    KafkaConnection connection =
        KafkaConnection.to("h:1")
            .withSetting("sasl.mechanism", "SCRAM-SHA-512")
            .withLogin("larder", SecretRef.parse("file:" + file));

    assertThat(
        connection.clientConfig().get("sasl.jaas.config"),
        is(
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"larder\" password=\"pw\";"));
  }

  @Test
  public void settingsCannotMakeReadingUnsafe() {
    Map<String, Object> config =
        ConsumerPool.config(
            KafkaConnection.to("h:1")
                .withSetting("auto.offset.reset", "latest")
                .withSetting("isolation.level", "read_uncommitted")
                .withSetting("enable.auto.commit", "true")
                .withSetting("fetch.max.bytes", "1000"));

    assertThat(config.get("auto.offset.reset"), is("none"));
    assertThat(config.get("isolation.level"), is("read_committed"));
    assertThat(config.get("enable.auto.commit"), is(false));
    assertThat(config.get("fetch.max.bytes"), is("1000"));
  }

  @Test
  public void saysThatKafkaIsDownLongBeforeTheMinuteOfItsClients() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String servers = "127.0.0.1:" + port;
    long start = System.nanoTime();

    try (KafkaOffsets offsets = KafkaOffsets.open(KafkaConnection.to(servers))) {
      SourceException error =
          assertThrows(
              SourceException.class, () -> offsets.read(TopicSelection.startingWith("pos.")));

      assertThat(
          error.getMessage(),
          is(
              "Kafka at "
                  + servers
                  + " did not answer within 8 s (asking for the topics). Check that the brokers"
                  + " run, that this machine may reach them, and that the addresses they advertise"
                  + " (advertised.listeners) are reachable from here too."));
    }
    assertThat((System.nanoTime() - start) / 1_000_000_000L, lessThan(60L));
  }

  @Test
  public void aRangeOfBrokersThatSayNothingFailsWithItsPosition() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    pipeline
        .apply(
            Create.of(new OffsetRange("pos.pos.orders", 0, 5, 9)).withCoder(OffsetRangeCoder.of()))
        .apply(
            KafkaRanges.read()
                .from(KafkaConnection.to("127.0.0.1:" + port))
                .withPatience(Duration.ofSeconds(1)));

    Exception error = assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish());

    assertThat(error.getCause(), instanceOf(SourceException.class));
    assertThat(
        error.getCause().getMessage(),
        is(
            "pos.pos.orders/0[5, 9): nothing came from Kafka at 127.0.0.1:"
                + port
                + " for 1 s; reading stands at offset 5. Check that the brokers run, that the topic"
                + " still exists, and that this worker may reach the addresses they advertise"
                + " (advertised.listeners)."));
  }

  @Test
  public void refusesServersThatAreNone() {
    UserException error =
        assertThrows(UserException.class, () -> KafkaOffsets.open(KafkaConnection.to("nowhere")));

    assertThat(
        error.getMessage(),
        is(
            "No Kafka client can be made for nowhere: Invalid url in bootstrap.servers: nowhere."
                + " Give bootstrap servers as host:port, comma separated, by names that this"
                + " machine can resolve, and check the further settings."));
  }

  @Test
  public void refusesAPatternThatIsNone() {
    UserException error = assertThrows(UserException.class, () -> TopicSelection.matching("pos.("));

    assertThat(error.getMessage(), containsString("\"pos.(\" is no regular expression"));
  }
}
