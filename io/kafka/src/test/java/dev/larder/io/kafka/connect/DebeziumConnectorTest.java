package dev.larder.io.kafka.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DebeziumConnectorTest {
  private static final DebeziumConnector POS =
      DebeziumConnector.of("pos", "db.example.org", 3306, "pos", "kafka:9092")
          .withTables(List.of("orders", "order_lines", "menu-2"))
          .withPasswordExpression("cdc", "${env:POS_PASSWORD}");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void leavesColumnsOut() {
    assertThat(
        POS.withoutColumns(Map.of("orders", List.of("photo", "a.b"), "menu-2", List.of()))
            .config()
            .get("column.exclude.list"),
        is("pos\\.orders\\.photo,pos\\.orders\\.a\\.b"));
    assertThat(
        POS.withoutColumns(Map.of("orders", List.of())).config().containsKey("column.exclude.list"),
        is(false));
  }

  @Test
  public void rendersAllSettings() {
    String text =
        new TreeMap<>(POS.config())
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("\n"));

    assertThat(
        text,
        is(
            """
            bigint.unsigned.handling.mode=long
            binary.handling.mode=base64
            connect.keep.alive.interval.ms=10000
            connector.class=io.debezium.connector.mysql.MySqlConnector
            database.hostname=db.example.org
            database.include.list=pos
            database.password=${env:POS_PASSWORD}
            database.port=3306
            database.server.id=SERVER_ID
            database.user=cdc
            decimal.handling.mode=string
            driver.autoReconnect=true
            driver.initialTimeout=2
            driver.maxReconnects=10
            exactly.once.support=required
            heartbeat.interval.ms=1000
            include.schema.changes=true
            key.converter=org.apache.kafka.connect.json.JsonConverter
            key.converter.schemas.enable=false
            poll.interval.ms=100
            producer.override.connections.max.idle.ms=180000
            producer.override.linger.ms=20
            producer.override.metadata.max.age.ms=60000
            schema.history.internal=io.debezium.storage.kafka.history.KafkaSchemaHistory
            schema.history.internal.consumer.connections.max.idle.ms=180000
            schema.history.internal.consumer.metadata.max.age.ms=60000
            schema.history.internal.kafka.bootstrap.servers=kafka:9092
            schema.history.internal.kafka.topic=larder-schema-history-pos
            schema.history.internal.producer.connections.max.idle.ms=180000
            schema.history.internal.producer.metadata.max.age.ms=60000
            schema.history.internal.store.only.captured.databases.ddl=true
            schema.history.internal.store.only.captured.tables.ddl=false
            skipped.operations=none
            snapshot.locking.mode=none
            snapshot.mode=recovery
            table.include.list=pos\\.menu\\-2,pos\\.order_lines,pos\\.orders
            tasks.max=1
            time.precision.mode=microseconds
            tombstones.on.delete=true
            topic.prefix=pos
            transaction.boundary=poll
            value.converter=org.apache.kafka.connect.json.JsonConverter
            value.converter.schemas.enable=false"""
                .replace("SERVER_ID", POS.config().get("database.server.id"))));
  }

  @Test
  public void aServerIdIsTheSameAgainAndDiffersBetweenSources() {
    DebeziumConnector erp =
        DebeziumConnector.of("erp", "db.example.org", 3306, "erp", "kafka:9092");

    String id = POS.config().get("database.server.id");
    assertThat(POS.withTables(List.of()).config().get("database.server.id"), is(id));
    assertThat(erp.config().get("database.server.id"), is(not(id)));
    assertThat(Long.parseLong(id) > 0 && Long.parseLong(id) < 1L << 32, is(true));
  }

  @Test
  public void resolvesAPasswordOnlyInTheConfiguration() throws IOException {
    Path file = folder.newFile().toPath();
    Files.writeString(file, "s3cret\n");
    DebeziumConnector connector = POS.withPassword("cdc", SecretRef.parse("file:" + file));

    assertThat(connector.config().get("database.password"), is("s3cret"));
    assertThat(connector.toString(), is("larder-pos of db.example.org:3306/pos"));
    assertThat(connector.password().toString(), not(containsString("s3cret")));
    assertThat(POS.password().toString(), is("by the worker"));
  }

  @Test
  public void furtherSettingsReplaceLardersOwn() {
    assertThat(
        POS.withSetting("poll.interval.ms", "500").config().get("poll.interval.ms"), is("500"));
  }

  @Test
  public void saysWhereItsRecordsGo() {
    assertThat(POS.topic("orders"), is("pos.pos.orders"));
    assertThat(POS.topicPrefix(), is("pos."));
    assertThat(
        POS.offset("binlog.000002", 4, null).toJson().toString(),
        is(
            "{\"partition\":{\"server\":\"pos\"},\"offset\":{\"file\":\"binlog.000002\",\"pos\":4}}"));
  }

  @Test
  public void refusesASourceThatCannotNameTopics() {
    UserException error =
        assertThrows(
            UserException.class, () -> DebeziumConnector.of("p o s", "h", 1, "pos", "kafka:9092"));

    assertThat(
        error.getMessage(),
        is("Source \"p o s\" cannot name topics. Use letters, digits, hyphens and underscores."));
  }
}
