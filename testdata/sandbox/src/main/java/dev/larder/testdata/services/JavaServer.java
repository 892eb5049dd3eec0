package dev.larder.testdata.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the sandbox runs a server written in Java: small, quick to start, talking to its log. */
final class JavaServer {
  private JavaServer() {}

  /**
   * The command that runs a server.
   *
   * @param heap the largest heap, as {@code -Xmx} takes it
   */
  static List<String> command(
      String heap, String classPath, String mainClass, Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Platform.java().toString(),
                "-Xms64m",
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                // Each Kafka client would write its hundred settings to the log.
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.clients=warn",
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common=warn",
                "-cp",
                classPath,
                mainClass));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /** Writes a properties file whose values need no escapes. */
  static Path write(Path file, Map<String, String> settings) throws IOException {
    return Files.write(
        file, settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
