package dev.larder.io.delta.log;

import dev.larder.io.delta.error.DeltaErrors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The logs this JVM has opened, one for each table: their state is advanced, not loaded anew. A
 * table that was deleted and made again is noticed.
 */
public final class DeltaLogs {
  private static final Map<Path, Opened> OPEN = new ConcurrentHashMap<>();

  private DeltaLogs() {}

  private record Opened(Object identity, TableLog log) {}

  /**
   * @param lake path or {@code file:} URI
   * @param table path below the lake
   */
  public static TableLog of(String lake, String table) {
    return of(directory(lake).resolve(table));
  }

  public static TableLog of(Path directory) {
    Object identity = identity(directory);
    Opened opened =
        OPEN.compute(
            directory,
            (path, known) ->
                known != null && Objects.equals(known.identity, identity)
                    ? known
                    : new Opened(identity, new StandaloneLog(path)));
    return opened.log;
  }

  /** The directory of a path or {@code file:} URI. */
  public static Path directory(String path) {
    if (path.startsWith("file:")) {
      return Path.of(URI.create(path).getPath()).toAbsolutePath().normalize();
    }
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      throw DeltaErrors.notLocal(path);
    }
    return Path.of(path).toAbsolutePath().normalize();
  }

  /** What tells one log directory from another of the same name. */
  private static Object identity(Path directory) {
    try {
      return Files.readAttributes(directory.resolve("_delta_log"), BasicFileAttributes.class)
          .fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
