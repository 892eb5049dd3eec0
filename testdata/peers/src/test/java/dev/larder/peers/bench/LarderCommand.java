package dev.larder.peers.bench;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.Larder;
import java.util.ArrayList;
import java.util.List;

/** The {@code larder} command in a side's own JVM; what it says goes to standard error. */
final class LarderCommand {
  private final List<String> always;

  /**
   * @param always options of every verb
   */
  LarderCommand(List<String> always) {
    this.always = List.copyOf(always);
  }

  @SuppressWarnings("SystemOut") // standard output is for figures
  void run(String verb, List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(verb);
    words.addAll(always);
    words.addAll(options);
    Console console = new Console(System.err, false);
    int code = Larder.printingTo(console).run(words.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("exit code " + code + " of " + words);
    }
  }
}
