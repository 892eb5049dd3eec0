package dev.larder.testdata.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bin/larder} of a module below runner-profiles, started as users start it. */
public final class CommandScript {
  private final Path module;

  /** What a run came to; both outputs, as they were printed. */
  public record Ended(int exitCode, String printed) {}

  /**
   * @param module its folder's name
   */
  public CommandScript(String module) {
    this.module = Path.of(System.getProperty("larder.root"), "runner-profiles", module);
  }

  /** The classes that the first run keeps. */
  public Path archive() {
    return module.resolve("target/larder.jsa");
  }

  /** Runs the command to its end. */
  public Ended run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", module.resolve("bin/larder").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), printed);
  }
}
