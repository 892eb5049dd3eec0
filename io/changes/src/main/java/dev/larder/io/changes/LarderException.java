package dev.larder.io.changes;

/**
 * An error whose message is written for the user: what is wrong (with the value), where, and what
 * to do. The message holds no payload, key or secret; the command prints it as it stands and ends
 * with {@link #exitCode}.
 */
public abstract class LarderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected LarderException(String message) {
    super(message);
  }

  protected LarderException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The exit code of the command that ends with this error. */
  public abstract int exitCode();
}
