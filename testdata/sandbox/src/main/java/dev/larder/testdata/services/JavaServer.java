package dev.larder.testdata.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the sandbox runs a server written in Java: small, quick to start, talking to its log. */
final class JavaServer {
  private JavaServer() {}

  /**
   * The command that runs a server with its settings file as only argument.
   *
   * @param heap the largest heap, as {@code -Xmx} takes it
   */
  static List<String> command(String heap, String classPath, String mainClass, Path settings) {
    return List.of(
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
        mainClass,
        settings.toString());
  }

  /** Writes a properties file whose values need no escapes. */
  static Path write(Path file, Map<String, String> settings) throws IOException {
    return Files.write(
        file, settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
