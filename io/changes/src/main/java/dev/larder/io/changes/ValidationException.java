package dev.larder.io.changes;

/** The data is not as it must be: `verify` found differences, a limit of dead letters is passed. */
public final class ValidationException extends LarderException {
  private static final long serialVersionUID = 1L;

  /** The exit code of the command that ends with this. */
  public static final int EXIT_CODE = 5;

  public ValidationException(String message) {
    super(message);
  }

  public ValidationException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
