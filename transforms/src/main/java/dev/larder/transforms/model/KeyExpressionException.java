package dev.larder.transforms.model;

/** A mistake in a {@link KeyExpression}'s text. */
public final class KeyExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int position;

  KeyExpressionException(String message, int position) {
    super(message);
    this.position = position;
  }

  /** The character of the text at which the mistake is, from 1. */
  public int position() {
    return position;
  }
}
