package dev.larder.io.changes;

/** A source (database or log) cannot be reached, refuses, or no longer holds what is needed. */
public final class SourceException extends LarderException {
  private static final long serialVersionUID = 1L;

  /** The exit code of the command that ends with this. */
  public static final int EXIT_CODE = 3;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
