package dev.larder.io.kafka.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is rendered for Event Hubs: nothing that it lacks. */
public class EventHubsTest {
  private static final DebeziumConnector CONNECTOR =
      DebeziumConnector.of("pos", "db", 3306, "pos", "ns.servicebus.windows.net:9093")
          .withTables(List.of("orders"))
          .withPasswordExpression("larder", "${env:POS}");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aConnectorUsesNoTransactionNoIdempotenceAndNoCompression() {
    Map<String, String> config =
        CONNECTOR
            .withSettings(EventHubs.settings())
            .withFileHistory("/var/lib/connect")
            .withSettings(EventHubs.oneTopic("pos", "pos.changes"))
            .config();

    assertThat(config.get("exactly.once.support"), is("requested"));
    assertThat(config.get("producer.override.enable.idempotence"), is("false"));
    assertThat(config.get("producer.override.compression.type"), is("none"));
    assertThat(config.get("producer.override.connections.max.idle.ms"), is("180000"));
    assertThat(config.get("producer.override.metadata.max.age.ms"), is("180000"));
    assertThat(config.get("producer.override.max.request.size"), is("1000000"));
    assertThat(config.get("snapshot.mode"), is("recovery"));
    assertThat(
        config.get("schema.history.internal"),
        is("io.debezium.storage.file.history.FileSchemaHistory"));
    assertThat(
        config.get("schema.history.internal.file.filename"),
        is("/var/lib/connect/larder-schema-history-pos.dat"));
    assertThat(
        config.keySet().stream().anyMatch(name -> name.startsWith("schema.history.internal.kafka")),
        is(false));
    assertThat(config.get("transforms"), is("oneTopic"));
    assertThat(config.get("transforms.oneTopic.topic.regex"), is("pos\\.[^.]+\\.[^.]+"));
    assertThat(config.get("transforms.oneTopic.topic.replacement"), is("pos.changes"));
  }

  @Test
  public void onKafkaTheHistoryIsATopic() {
    Map<String, String> config = CONNECTOR.config();

    assertThat(config.get("exactly.once.support"), is("required"));
    assertThat(config.get("schema.history.internal.kafka.topic"), is("larder-schema-history-pos"));
  }

  @Test
  public void theConnectionStringSaysTheNamespaceAndStaysAReference() throws Exception {
    Path file = folder.newFile("connection").toPath();
    Files.writeString(
        file,
        "Endpoint=sb://pizza.servicebus.windows.net/;SharedAccessKeyName=larder;"
            + "SharedAccessKey=c2VjcmV0\n");

    KafkaConnection connection = KafkaConnection.toEventHubs(SecretRef.parse("file:" + file));

    assertThat(connection.bootstrapServers(), is("pizza.servicebus.windows.net:9093"));
    assertThat(connection.settings().get("security.protocol"), is("SASL_SSL"));
    assertThat(connection.settings().get("sasl.mechanism"), is("PLAIN"));
    assertThat(connection.user(), is("$ConnectionString"));
    assertThat(connection.toString().contains("c2VjcmV0"), is(false));
  }

  @Test
  public void whatIsNoConnectionStringIsNotShown() throws Exception {
    Path file = folder.newFile("connection").toPath();
    Files.writeString(file, "c2VjcmV0");

    UserException error =
        assertThrows(
            UserException.class,
            () -> KafkaConnection.toEventHubs(SecretRef.parse("file:" + file)));

    assertThat(error.getMessage(), containsString("Endpoint=sb://NAME.servicebus.windows.net/"));
    assertThat(error.getMessage().contains("c2VjcmV0"), is(false));
  }
}
