package dev.larder.io.changes;

/** Nothing is wrong, but what is asked for is not there yet: come again later. */
public final class NotReadyException extends LarderException {
  private static final long serialVersionUID = 1L;

  /** The exit code of the command that ends with this. */
  public static final int EXIT_CODE = 20;

  public NotReadyException(String message) {
    super(message);
  }

  public NotReadyException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
