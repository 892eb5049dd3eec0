package dev.larder.io.delta.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of this worker's own, in the JVM's folder for such ({@code java.io.tmpdir}). */
public final class TemporaryFile {
  private final Path path;

  private TemporaryFile(Path path) {
    this.path = path;
  }

  public static TemporaryFile create() throws IOException {
    return new TemporaryFile(Files.createTempFile(Path.of(folder()), "larder-", ".tmp"));
  }

  /** Where temporary files are. */
  public static String folder() {
    return System.getProperty("java.io.tmpdir");
  }

  public OutputStream write() throws IOException {
    return Files.newOutputStream(path);
  }

  public InputStream read() throws IOException {
    return Files.newInputStream(path);
  }

  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
