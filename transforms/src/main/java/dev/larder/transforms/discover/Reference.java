package dev.larder.transforms.discover;

import java.util.List;

/**
 * Columns of a table that name a row of a table.
 *
 * @param columns in the order of {@code key}
 * @param target the name of the table they refer to, maybe their own
 * @param key its columns that they hold values of
 * @param role what the referenced row is to the referring one
 * @param nullable whether there may be none
 * @param guess why it is believed, or empty if it is declared
 */
record Reference(
    List<String> columns,
    String target,
    List<String> key,
    String role,
    boolean nullable,
    String guess) {

  boolean isGuess() {
    return !guess.isEmpty();
  }
}
