package dev.larder.io.changes;

import java.util.Objects;

/**
 * What became of a record that arrived: a change, or a letter that says why it is none. One
 * collection of both goes through a pipeline without a branch: the Spark runner holds all that a
 * step with two outputs makes in memory, or makes it twice.
 *
 * @param change null if there is a letter
 * @param letter null if there is a change
 */
public record Arrival(ChangeRecord change, DeadLetter letter) {

  public Arrival {
    if ((change == null) == (letter == null)) {
      throw new IllegalArgumentException("either a change or a letter");
    }
  }

  public static Arrival of(ChangeRecord change) {
    return new Arrival(Objects.requireNonNull(change, "change"), null);
  }

  public static Arrival of(DeadLetter letter) {
    return new Arrival(null, Objects.requireNonNull(letter, "letter"));
  }
}
