package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.pipelines.run.MendedRecords.Mended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class MendedRecordsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path file(String text) throws Exception {
    return Files.writeString(folder.getRoot().toPath().resolve("mended.jsonl"), text);
  }

  private String refusal(String line) throws Exception {
    Path file = file("\n" + line);
    return assertThrows(UserException.class, () -> MendedRecords.read(file.toString()))
        .getMessage()
        .replace(file.toString(), "FILE");
  }

  @Test
  public void takesTextObjectsAndBytes() throws Exception {
    Path file =
        file(
            """
            {"topic": "t", "partition": 0, "offset": 1, "value": "{\\"a\\":1}"}
            {"topic": "t", "partition": 0, "offset": 2, "value": {"a": 1}, "key": "k"}

            {"topic": "t", "partition": 1, "offset": 3, "value64": "AAEC", "key64": "AA=="}
            """);

    Map<LogPlace, Mended> records = MendedRecords.read(file.toString());

    assertThat(records.size(), is(3));
    assertThat(text(records.get(new LogPlace("t", 0, 1)).value()), is("{\"a\":1}"));
    assertThat(records.get(new LogPlace("t", 0, 1)).key(), is(nullValue()));
    assertThat(text(records.get(new LogPlace("t", 0, 2)).value()), is("{\"a\":1}"));
    assertThat(text(records.get(new LogPlace("t", 0, 2)).key()), is("k"));
    assertThat(records.get(new LogPlace("t", 1, 3)).value(), is(new byte[] {0, 1, 2}));
    assertThat(MendedRecords.read(null).isEmpty(), is(true));
  }

  @Test
  public void saysWhichLineIsNone() throws Exception {
    String how =
        ". Write one a line: {\"topic\": \"pos.pos.orders\", \"partition\": 0, \"offset\": 17,"
            + " \"value\": \"...\"}; value64 for bytes in Base64.";
    assertThat(refusal("{"), is("FILE:2: no mended record: it is not JSON" + how));
    assertThat(
        refusal("{\"topic\": \"t\", \"partition\": 0, \"value\": \"x\"}"),
        is("FILE:2: no mended record: it has no number \"offset\"" + how));
    assertThat(
        refusal("{\"topic\": \"t\", \"partition\": 0, \"offset\": 1}"),
        is("FILE:2: no mended record: it has neither \"value\" nor \"value64\"" + how));
    assertThat(
        refusal("{\"topic\": \"t\", \"partition\": 0, \"offset\": 1, \"value64\": \"?\"}"),
        is("FILE:2: no mended record: \"value64\" is no Base64" + how));
  }

  @Test
  public void aPlanIsTheSameOutOfTheLedger() {
    LogPlace place = new LogPlace("t", 0, 1);
    ReplayPlan plan =
        new ReplayPlan(
            Map.of(new Letter(place, "decode"), 1),
            Map.of(place, new Mended(null, new byte[] {1, 2})),
            SourceCatalog.empty());

    ReplayPlan read = ReplayPlan.fromJson(plan.toJson());

    assertThat(read.letters(), is(plan.letters()));
    assertThat(read.catalogue(), is(plan.catalogue()));
    assertThat(read.mended().get(place).value(), is(new byte[] {1, 2}));
    assertThat(read.mended().get(place).key(), is(nullValue()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
