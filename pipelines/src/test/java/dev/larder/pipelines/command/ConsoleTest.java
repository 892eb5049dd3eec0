package dev.larder.pipelines.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class ConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  public void linesWithoutValuesAreShownAsTheyAre() {
    Console console = console(false);

    console.line("100 % sure");
    console.line("%,d rows of %s", 12_345, "größe");

    assertThat(said(), is(String.format("100 %% sure%n12,345 rows of größe%n")));
  }

  @Test
  public void stepsHaveTheTimeBeforeThemAndValuesWithPercentSigns() {
    console(false).step("%s done", "100 %");

    assertThat(said(), matchesPattern("\\[ +\\d+\\.\\ds\\] 100 % done\\R"));
  }

  @Test
  public void progressIsShownNowAndThenOnly() {
    Console console = console(false);

    console.progress("first");
    console.progress("too soon");

    assertThat(said(), matchesPattern("\\[ +\\d+\\.\\ds\\]   first\\R"));
  }

  @Test
  public void terminalRewritesTheLineOfProgressAndClearsItForOthers() {
    Console console = console(true);

    console.progress("half");
    console.line("ready");

    assertThat(
        said(), matchesPattern("\r\\[ +\\d+\\.\\ds\\]   half\u001b\\[K\r\u001b\\[Kready\\R"));
  }

  private Console console(boolean terminal) {
    return new Console(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
