package dev.larder.io.delta.store;

import java.net.URI;
import java.net.URISyntaxException;

/** Paths of files as a log spells them: URIs, relative to the table or absolute. */
public final class LogPath {

  private LogPath() {}

  /** How the log names a file of the table: {@code day=1%202/part-1.parquet}. */
  public static String encode(String name) {
    try {
      return new URI(null, null, "/" + name, null).getRawPath().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a file's name: " + name, e);
    }
  }

  /** The name or absolute address of a file that the log names. */
  static URI decode(String logPath) {
    return URI.create(logPath);
  }
}
