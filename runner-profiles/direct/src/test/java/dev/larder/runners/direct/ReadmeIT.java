package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.testdata.services.MySqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * The commands of README's chapter for one's own MySQL, line by line in their order, with README's
 * addresses replaced by the sandbox's. The stream goes on beside all that follows it. README's demo
 * is run by {@link DemoIT}; that all other commands are understood is tested in {@code pipelines}.
 */
public class ReadmeIT {
  @ClassRule public static final ChainSandbox CHAIN = ChainSandbox.of(ReadmeIT.class).withConnect();

  private static final String FIRST = "## Use it with your MySQL";
  private static final String BEHIND = "### On S3";
  private static final String DATABASE = "mysql://larder@db1:3306/pos?password=env:POS_PASSWORD";
  private static final List<String> VERBS =
      List.of(
          "discover",
          "validate",
          "doctor",
          "plan",
          "snapshot",
          "stream",
          "stream",
          "connectors",
          "mart",
          "forecast",
          "verify",
          "report",
          "optimize",
          "vacuum",
          "history",
          "restore");

  /** What a user adds to the draft: a mart, whose SQL lies beside the model. */
  private static final String MART =
      """

      marts:
        material_consumption_daily: {sql: daily.sql}
      """;

  private static final String SQL =
      """
      SELECT country_code AS country, channel AS unit_code, 'ORDERS' AS ingredient_code,
        CAST(ordered_at AS DATE) AS business_date, CAST(sum(total) AS DECIMAL(18, 1)) AS grams
      FROM hub_order JOIN sat_order_pos_current USING (order_hk) GROUP BY ALL
      """;

  private final Path lake = CHAIN.path("lake");

  @Test
  public void itsCommandsDoWhatTheySay() throws Exception {
    List<List<String>> commands = commands();
    assertThat(commands.stream().map(words -> words.get(0)).toList(), is(VERBS));
    int stream = VERBS.indexOf("stream");
    commands.subList(0, stream).forEach(ReadmeIT::run);

    List<String> options = commands.get(stream);
    try (LarderProcess running =
        LarderProcess.stream(CHAIN.path("stream.log"), options.subList(1, options.size()))) {
      running.await("the hand-over", this::isHandedOver);
      commands.subList(stream + 1, commands.size()).forEach(ReadmeIT::run);
      assertThat(running.said(), running.isRunning(), is(true));
    }
    assertThat(Files.readString(CHAIN.path("report.html")).contains("</html>"), is(true));
  }

  private boolean isHandedOver() {
    return Ledger.open(lake.toString()).find(Ledger.HAND_OVER, 1, State.DONE).isPresent();
  }

  private static void run(List<String> words) {
    larder(words.get(0), words.subList(1, words.size())).succeeded();
    if (words.get(0).equals("discover")) {
      addMart();
    }
  }

  private static void addMart() {
    try {
      Files.writeString(CHAIN.path("vault.yaml"), MART, StandardOpenOption.APPEND);
      Files.writeString(CHAIN.path("daily.sql"), SQL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<List<String>> commands() throws IOException {
    String readme = Files.readString(Path.of(System.getProperty("larder.root"), "README.md"));
    List<List<String>> commands = new ArrayList<>();
    String chapter = readme.substring(readme.indexOf(FIRST), readme.indexOf(BEHIND));
    for (String line : chapter.lines().map(String::strip).toList()) {
      if (line.startsWith("larder ")) {
        String words = line.replaceFirst("\\s+#.*", "").substring("larder ".length());
        commands.add(Arrays.stream(words.split("\\s+")).map(this::inTheSandbox).toList());
      }
    }
    return commands;
  }

  private String inTheSandbox(String word) {
    MySqlServer pos = CHAIN.services().mySql("pos");
    Map<String, String> here = new LinkedHashMap<>();
    here.put("--source=pos=...", "--source=pos=" + DATABASE);
    here.put(DATABASE, pos.sourceUrl("pos", pos.cdc()));
    here.put("kafka:9092", CHAIN.services().kafka().bootstrapServers());
    here.put("http://connect:8083", CHAIN.services().connect().restUrl().toString());
    here.put("/data/lake", lake.toString());
    here.put("=vault.yaml", "=" + CHAIN.path("vault.yaml"));
    here.put("=report.html", "=" + CHAIN.path("report.html"));
    String replaced = word;
    for (Map.Entry<String, String> each : here.entrySet()) {
      replaced = replaced.replace(each.getKey(), each.getValue());
    }
    return replaced;
  }
}
