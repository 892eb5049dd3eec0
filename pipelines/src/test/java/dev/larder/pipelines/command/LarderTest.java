package dev.larder.pipelines.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.ValidationException;
import dev.larder.pipelines.options.LakeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Description;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LarderTest {
  private static final String HINT =
      " `larder fetch --help` shows the options." + System.lineSeparator();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<FetchOptions> ran = new ArrayList<>();
  private Exception failure;

  @Test
  public void runsTheVerbWithItsOptionsAndKeepsAReport() throws IOException {
    assertThat(larder("fetch", lake(), "--rows=3", "--mode=SLOW"), is(0));

    assertThat(ran.get(0).getRows(), is(3));
    assertThat(ran.get(0).getMode(), is(Mode.SLOW));
    assertThat(report().path("verb").asText(), is("fetch"));
    assertThat(report().path("exit_code").asInt(-1), is(0));
    assertThat(report().path("fetched").asInt(), is(7));
    assertThat(report().has("message"), is(false));
  }

  @Test
  public void eachKindOfFailureHasItsExitCode() {
    assertThat(failing(new UserException("a")), is(2));
    assertThat(failing(new SourceException("b")), is(3));
    assertThat(failing(new SinkException("c")), is(4));
    assertThat(failing(new ValidationException("d")), is(5));
    assertThat(failing(new NotReadyException("e")), is(20));
    assertThat(failing(new IllegalStateException("f")), is(1));

    assertThat(
        said().lines().toList(),
        is(
            List.of(
                "larder fetch: a",
                "larder fetch: b",
                "larder fetch: c",
                "larder fetch: d",
                "larder fetch: e",
                "larder fetch: java.lang.IllegalStateException: f")));
  }

  @Test
  public void findsTheUsersErrorInWhatARunnerWrapped() throws IOException {
    Exception wrapped =
        new Pipeline.PipelineExecutionException(new RuntimeException(new SourceException("gone")));

    assertThat(failing(wrapped), is(3));

    assertThat(said().strip(), is("larder fetch: gone"));
    assertThat(report().path("message").asText(), is("gone"));
    assertThat(report().path("exit_code").asInt(-1), is(3));
  }

  @Test
  public void unknownVerbNamesTheNearest() {
    assertThat(larder("fetsh"), is(2));

    assertThat(
        said().strip(),
        is(
            "unknown verb \"fetsh\". Known: fetch. Did you mean \"fetch\"? `larder --help` says what"
                + " they do."));
  }

  @Test
  public void unknownOptionNamesTheNearest() {
    assertThat(larder("fetch", "--laek=/x"), is(2));
    assertThat(larder("fetch", lake(), "--zzz"), is(2));

    assertThat(
        said(),
        is(
            "larder fetch: unknown option --laek. Did you mean --lake?"
                + HINT
                + "larder fetch: unknown option --zzz."
                + HINT));
    assertThat(ran, is(empty()));
  }

  @Test
  public void wrongValueNamesTheOption() {
    assertThat(larder("fetch", lake(), "--rows=many"), is(2));
    assertThat(larder("fetch", lake(), "--mode=NEVER"), is(2));
    assertThat(larder("fetch", lake(), "--calm=perhaps"), is(2));

    assertThat(
        said(),
        is(
            "larder fetch: --rows=many is not a whole number."
                + HINT
                + "larder fetch: --mode=NEVER is not one of FAST, SLOW."
                + HINT
                + "larder fetch: --calm=perhaps is not true or false."
                + HINT));
  }

  @Test
  public void missingOptionIsExplained() {
    assertThat(larder("fetch", "--rows=1"), is(2));

    assertThat(
        said(),
        is(
            "larder fetch: --lake is missing. Where the lake lies, a folder or URI; bronze, vault,"
                + " marts and ops are Delta tables below it. Example: --lake=/data/lake."
                + HINT));
  }

  @Test
  public void wordThatIsNoOptionIsNamed() {
    assertThat(larder("fetch", "lake=/x"), is(2));

    assertThat(said(), is("larder fetch: \"lake=/x\" is no option: options begin with --." + HINT));
  }

  @Test
  public void helpIsNoMistakeAndNoWordsAre() {
    assertThat(larder("--help"), is(0));
    assertThat(larder("help"), is(0));
    assertThat(larder("fetch", "--help"), is(0));
    assertThat(larder(), is(2));

    assertThat(said(), startsWith("Usage: larder <verb> [--option=value ...]"));
    assertThat(said(), containsString("Usage: larder fetch [--option=value ...]"));
    assertThat(ran, is(empty()));
  }

  private int failing(Exception e) {
    failure = e;
    return larder("fetch", lake());
  }

  private int larder(String... words) {
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Larder(List.of(new Fetch()), new Console(print, false)).run(words);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String lake() {
    return "--lake=" + folder.getRoot();
  }

  private JsonNode report() throws IOException {
    List<String> reports = LakeFiles.texts(folder.getRoot().toString(), "ops/runs");
    return new ObjectMapper().readTree(reports.get(0));
  }

  /** How to fetch. */
  public enum Mode {
    FAST,
    SLOW
  }

  /** Options of a verb for tests. */
  public interface FetchOptions extends LakeOptions {
    @Description("Rows.")
    int getRows();

    void setRows(int value);

    @Description("How.")
    Mode getMode();

    void setMode(Mode value);

    @Description("Whether.")
    boolean getCalm();

    void setCalm(boolean value);
  }

  private final class Fetch implements Verb<FetchOptions> {
    @Override
    public String name() {
      return "fetch";
    }

    @Override
    public String summary() {
      return "Fetches.";
    }

    @Override
    public String example() {
      return "larder fetch --lake=/data/lake";
    }

    @Override
    public Class<FetchOptions> options() {
      return FetchOptions.class;
    }

    @Override
    public void run(FetchOptions options, Console console, RunReport report) throws Exception {
      if (failure != null) {
        throw failure;
      }
      ran.add(options);
      report.put("fetched", 7);
    }
  }
}
