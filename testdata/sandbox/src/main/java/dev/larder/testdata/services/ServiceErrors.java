package dev.larder.testdata.services;

import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every error that a user of the sandbox can meet, with what to do about it. */
final class ServiceErrors {
  private static final int LOG_LINES = 20;

  private static final String YOUR_OWN =
      "Point Larder at a MySQL of your own instead, which works everywhere:"
          + " --source=pos=mysql://user@host:3306/db?password=env:NAME";

  private ServiceErrors() {}

  static UserException unsupportedPlatform(String os, String arch) {
    return new UserException(
        "The sandbox's MySQL server runs on Linux x86-64 only; this is %s %s.\n%s"
            .formatted(os, arch, YOUR_OWN));
  }

  static UserException noShell(Path shell) {
    return new UserException(
        "The sandbox needs a POSIX shell to guard its servers, and there is no %s.\n%s"
            .formatted(shell, YOUR_OWN));
  }

  static UserException serverCannotRun(String says) {
    return new UserException(
        "The sandbox's MySQL server does not run on this machine. It says: %s\nInstall what it misses (it needs glibc and libstdc++.so.6). %s"
            .formatted(says, YOUR_OWN));
  }

  static UserException noProjectRoot(Path from) {
    return new UserException(
        "The sandbox's servers are fetched by Larder's own build, and neither %s nor a folder above it holds testdata/services.\nRun from inside the project, or set the system property larder.root to its root."
            .formatted(from));
  }

  static UserException notFetched(Path missing) {
    return new UserException(
        "The sandbox's servers have not been fetched: %s is missing.\nRun \"mvn test-compile\" in the project's root."
            .formatted(missing));
  }

  static UserException fetchedFileGone(Path missing, Path classPath) {
    return new UserException(
        "%s names %s, which is no longer there.\nRun \"mvn test-compile\" in the project's root to fetch it again."
            .formatted(classPath, missing));
  }

  static SourceException ended(String service, int exitCode, Path log) {
    return new SourceException(
        "%s ended with exit code %d instead of getting ready. The end of %s:\n%s"
            .formatted(service, exitCode, log, lastLines(log)));
  }

  static SourceException notReady(String service, Duration limit, Path log) {
    return new SourceException(
        "%s was not ready after %d s. The end of %s:\n%s"
            .formatted(service, limit.toSeconds(), log, lastLines(log)));
  }

  static SourceException notStarted(String service, Path directory, Throwable cause) {
    return new SourceException(
        "%s could not be started in %s: %s".formatted(service, directory, cause), cause);
  }

  static SourceException noFreePort(int from, int to) {
    return new SourceException(
        "No port from %d to %d is free for a server of the sandbox.\nStop what listens there (see: ss -ltn)."
            .formatted(from, to));
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
      return last.isEmpty() ? "  (it is empty)" : "  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "  (it cannot be read: " + e + ")";
    }
  }
}
