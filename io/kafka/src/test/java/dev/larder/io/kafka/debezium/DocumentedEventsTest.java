package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Test;

/**
 * The events in Debezium's documentation and tutorial, old and new, whole or with parts cut out.
 */
public class DocumentedEventsTest {
  private static final LogPlace PLACE = new LogPlace("customers", 0, 0);
  private static final TableId CUSTOMERS = new TableId("inventory", "customers");
  private static final SourceCatalog CATALOG =
      SourceCatalog.of(
          List.of(
              new TableSchema(
                  CUSTOMERS,
                  RowSchema.of(
                      Column.required("id", ColumnType.INT),
                      Column.required("first_name", ColumnType.STRING),
                      Column.required("last_name", ColumnType.STRING),
                      Column.required("email", ColumnType.STRING)),
                  List.of("id"))));

  @Test
  public void everyDocumentedMessageIsUnderstood() throws IOException {
    Map<String, String> outcomes = new TreeMap<>();
    try (var files = Files.list(Captured.shared("documented"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode document = new ObjectMapper().readTree(file.toFile());
        if (document.isObject()) {
          outcomes.put(
              file.getFileName().toString(), outcome(decode(null, Files.readAllBytes(file))));
        }
      }
    }

    String keyAlone = "The value is JSON, but no Debezium event: it has no field \"op\"";
    assertThat(
        outcomes,
        is(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("doc.mysql.create.0.json", "c 1004 Anne"),
                    Map.entry("doc.mysql.delete.0.json", "d 1004 Anne Marie"),
                    Map.entry("doc.mysql.update.0.json", "u 1004 Anne Marie"),
                    Map.entry("doc.mysql.truncate.0.json", "t"),
                    Map.entry("doc.mysql.schema_change.1.json", "SCHEMA_CHANGE"),
                    Map.entry(
                        "doc.mysql.transaction.1.json",
                        "The value is JSON, but no Debezium event: it has no source.table"),
                    Map.entry("doc.mysql.transaction.2.json", keyAlone),
                    Map.entry("doc.mysql.key.1.json", keyAlone),
                    Map.entry("doc.mysql.schema_change.0.json", keyAlone),
                    Map.entry("tutorial.create.4.json", keyAlone),
                    Map.entry("tutorial.create.5.json", "r 1004 Anne"),
                    Map.entry("tutorial.delete.2.json", keyAlone),
                    Map.entry("tutorial.delete.3.json", "d 1004 Anne Marie"),
                    Map.entry("tutorial.delete.5.json", "TOMBSTONE"),
                    Map.entry("tutorial.update.2.json", keyAlone),
                    Map.entry("tutorial.update.3.json", "u 1004 Anne Marie")))));
  }

  @Test
  public void transactionMessagesAreSkipped() throws IOException {
    Path file = Captured.shared("documented").resolve("doc.mysql.transaction.0.txt");
    List<String> outcomes = new ArrayList<>();
    for (String message : Files.readString(file).split("\n\n")) {
      outcomes.add(outcome(decode(null, message.getBytes(StandardCharsets.UTF_8))));
    }

    assertThat(outcomes, is(List.of("TRANSACTION", "TRANSACTION")));
  }

  @Test
  public void aChangedPrimaryKeyIsPassedOnAsItComes() throws IOException {
    Path file = Captured.shared("documented").resolve("constructed.pk_update.json");
    List<String> outcomes = new ArrayList<>();
    List<Sequence> sequences = new ArrayList<>();
    for (JsonNode message : new ObjectMapper().readTree(file.toFile())) {
      byte[] value =
          message.path("value").isNull()
              ? null
              : message.path("value").toString().getBytes(StandardCharsets.UTF_8);
      Decoded decoded = decode(message.path("key").toString(), value);
      outcomes.add(outcome(decoded));
      if (decoded instanceof Decoded.Change change) {
        sequences.add(change.record().sequence());
        assertThat(change.record().committedAt(), is(1_486_501_558_000_000L));
      }
    }

    assertThat(outcomes, is(List.of("d 1004 Anne Marie", "TOMBSTONE", "c 2004 Anne Marie")));
    assertThat(sequences, is(List.of(new Sequence(3, 725, 0), new Sequence(3, 725, 1))));
  }

  private static Decoded decode(String key, byte[] value) {
    DebeziumJson decoder =
        new DebeziumJson(
            new DebeziumFormat(
                List.of(
                    new LogSource("inventory", "mysql-server-1", "inventory"),
                    new LogSource("inventory", "dbserver1", "inventory")),
                CATALOG,
                DebeziumModes.connectorDefaults()));
    return decoder.decode(PLACE, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static String outcome(Decoded decoded) {
    if (decoded instanceof Decoded.Change change) {
      ChangeRecord record = change.record();
      return record.operation().letter()
          + (record.operation() == Operation.TRUNCATE
              ? ""
              : " " + record.image()[0] + " " + record.image()[1]);
    }
    return decoded instanceof Decoded.Failure failure
        ? failure.reason().replaceAll("\\. Look at .*", "")
        : decoded.toString();
  }
}
