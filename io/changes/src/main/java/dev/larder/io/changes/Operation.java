package dev.larder.io.changes;

/** What happened to a row, with the letter that Debezium gives it. */
public enum Operation {
  /** Seen by a snapshot; {@code before} is absent. */
  READ("r"),
  /** Inserted; {@code before} is absent. */
  CREATE("c"),
  /** Updated; both images are there. */
  UPDATE("u"),
  /** Deleted; {@code after} is absent. */
  DELETE("d"),
  /** The whole table was emptied; both images are absent. */
  TRUNCATE("t");

  private final String letter;

  Operation(String letter) {
    this.letter = letter;
  }

  public String letter() {
    return letter;
  }

  /**
   * @throws IllegalArgumentException if no operation has this letter
   */
  public static Operation of(String letter) {
    for (Operation operation : values()) {
      if (operation.letter.equals(letter)) {
        return operation;
      }
    }
    throw new IllegalArgumentException(
        "unknown operation \"" + letter + "\"; known: r, c, u, d, t");
  }
}
