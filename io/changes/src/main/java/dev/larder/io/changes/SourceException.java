package dev.larder.io.changes;

/** A source (database or log) cannot be reached, refuses, or no longer holds what is needed. */
public final class SourceException extends LarderException {
  private static final long serialVersionUID = 1L;

  /** The exit code of the command that ends with this. */
  public static final int EXIT_CODE = 3;

  private final boolean away;

  public SourceException(String message) {
    super(message);
    this.away = false;
  }

  public SourceException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private SourceException(String message, Throwable cause, boolean away) {
    super(message, cause);
    this.away = away;
  }

  /** Says that a source does not answer, as one that restarts: it may be there again soon. */
  public static SourceException away(String message, Throwable cause) {
    return new SourceException(message, cause, true);
  }

  /** Whether the same may succeed later without anything being changed. */
  public boolean isAway() {
    return away;
  }

  @Override
  public int exitCode() {
    return EXIT_CODE;
  }
}
