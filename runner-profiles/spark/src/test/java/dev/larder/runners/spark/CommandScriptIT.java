package dev.larder.runners.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.larder.testdata.services.CommandScript;
import java.nio.file.Files;
import java.util.Map;
import org.junit.Test;

/** This module's {@code bin/larder}. */
public class CommandScriptIT {
  private final CommandScript larder = new CommandScript("spark");

  @Test
  public void aFirstRunKeepsTheClassesThatLaterOnesMap() throws Exception {
    Files.deleteIfExists(larder.archive());
    requireUsage(larder.run(Map.of(), "help"));

    // A JVM that must share, and cannot, does not start.
    requireUsage(larder.run(Map.of("LARDER_JAVA_OPTS", "-Xshare:on"), "help"));
  }

  @Test
  public void optionsReachTheVerb() throws Exception {
    CommandScript.Ended ended =
        larder.run(Map.of("LARDER_SHARE", "off"), "validate", "--model=no such file");

    assertThat(ended.exitCode(), is(2));
    assertThat(ended.printed(), containsString("--model: the file no such file cannot be read"));
  }

  private static void requireUsage(CommandScript.Ended ended) {
    assertThat(ended.printed(), containsString("Usage: larder <verb>"));
    assertThat(ended.exitCode(), is(0));
  }
}
