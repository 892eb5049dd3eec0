package dev.larder.io.changes;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Says where a secret is to be found: {@code env:NAME}, an environment variable, or {@code
 * file:PATH}, the first line of a file. The secret itself is looked up where it is used ({@link
 * #resolve}), on the machine that uses it, and is never kept: a reference may be printed, logged
 * and shipped to workers.
 *
 * <p>There is no form for a literal secret on purpose: options are shown in process lists, job
 * pages and run reports.
 *
 * @param name the variable's name or the file's path
 */
public record SecretRef(Place place, String name) implements Serializable {

  /** The places a secret may be in. */
  public enum Place {
    ENV,
    FILE
  }

  private static final String ENV = "env:";
  private static final String FILE = "file:";

  public SecretRef {
    Objects.requireNonNull(place, "place");
    if (name.isEmpty()) {
      throw new UserException(
          "A secret reference names nothing. Write env:NAME or file:PATH after the prefix.");
    }
  }

  /**
   * Reads {@code env:NAME} or {@code file:PATH}.
   *
   * @throws UserException if the text is neither; the message does not repeat it, it may be a
   *     secret
   */
  public static SecretRef parse(String text) {
    if (text.startsWith(ENV)) {
      return new SecretRef(Place.ENV, text.substring(ENV.length()));
    }
    if (text.startsWith(FILE)) {
      return new SecretRef(Place.FILE, text.substring(FILE.length()));
    }
    throw new UserException(
        "A secret must be given as a reference, not as its value (which is not shown here). Put it"
            + " into an environment variable and write env:NAME, or into a file and write"
            + " file:PATH.");
  }

  /**
   * Looks the secret up. A line end after it is not part of it.
   *
   * @throws UserException if it is not there; the message says how to put it there
   */
  public String resolve() {
    return place == Place.ENV ? variable() : firstLine();
  }

  private String variable() {
    String value = System.getenv(name);
    if (value == null) {
      throw new UserException(
          this
              + ": the environment variable is not set. Set it where Larder runs: export "
              + name
              + "=...");
    }
    return value;
  }

  private String firstLine() {
    try {
      String content = Files.readString(Path.of(name));
      int end = content.indexOf('\n');
      String line = end < 0 ? content : content.substring(0, end);
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    } catch (IOException | InvalidPathException e) {
      throw new UserException(
          this
              + ": the file cannot be read ("
              + e
              + "). Create it with the secret as its first line, readable by the user that runs"
              + " Larder, on every machine that runs it.",
          e);
    }
  }

  /** {@code env:NAME} or {@code file:PATH}: the reference, never the secret. */
  @Override
  public String toString() {
    return (place == Place.ENV ? ENV : FILE) + name;
  }
}
