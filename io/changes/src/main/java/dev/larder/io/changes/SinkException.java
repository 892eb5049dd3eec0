package dev.larder.io.changes;

/** The lake, a registry or another place that is written to refuses. */
public class SinkException extends LarderException {
  private static final long serialVersionUID = 1L;

  /** The exit code of the command that ends with this. */
  public static final int EXIT_CODE = 4;

  public SinkException(String message) {
    super(message);
  }

  public SinkException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public final int exitCode() {
    return EXIT_CODE;
  }
}
