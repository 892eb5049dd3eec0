package dev.larder.transforms.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are written from the code; the environment variable {@code LARDER_GOLDEN=write} writes
 * them anew.
 */
final class Golden {
  private static final boolean WRITE = "write".equals(System.getenv("LARDER_GOLDEN"));

  private Golden() {}

  /** The file's text, which is to be what the code makes of it now. */
  static String of(Path file, String now) throws IOException {
    if (WRITE) {
      Files.writeString(file, now);
    }
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
