package dev.larder.io.changes;

/** The user asked for something that cannot be done as asked: an option, a model, a file. */
public final class UserException extends LarderException {
  private static final long serialVersionUID = 1L;

  /** The exit code of the command that ends with this. */
  public static final int EXIT_CODE = 2;

  public UserException(String message) {
    super(message);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
