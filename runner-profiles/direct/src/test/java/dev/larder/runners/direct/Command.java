package dev.larder.runners.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.Larder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code larder} command that was run in this process.
 *
 * @param code its exit code
 * @param said all that it printed
 */
record Command(String verb, int code, String said) {

  /** Runs a verb with groups of options. */
  @SafeVarargs
  static Command larder(String verb, List<String>... options) {
    List<String> words = new ArrayList<>(List.of(verb));
    List.of(options).forEach(words::addAll);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Larder.printingTo(new Console(out, false)).run(words.toArray(String[]::new));
    return new Command(verb, code, said.toString(StandardCharsets.UTF_8));
  }

  /** Fails, showing what was printed, unless the command ended well. */
  Command succeeded() {
    assertThat(said, code, is(0));
    return this;
  }

  /** What the command gave as the reason of its failure. */
  String reason() {
    String mark = "larder " + verb + ": ";
    int start = said.startsWith(mark) ? 0 : said.indexOf("\n" + mark) + 1;
    assertThat(said, said.startsWith(mark, start), is(true));
    return said.substring(start + mark.length()).stripTrailing();
  }
}
