package dev.larder.transforms.discover;

import java.util.List;

/**
 * A table as the draft sees it.
 *
 * @param key the columns that say which row it is, to the business where that can be told
 * @param references to what can be linked to
 * @param children columns of the key that number rows below what the rest of the key refers to
 * @param strangers columns of the key that name things which have no table here
 * @param notes why, each a sentence; a guess begins with {@code guess: }
 */
record TableShape(
    TableRole role,
    List<String> key,
    List<Reference> references,
    List<String> children,
    List<String> strangers,
    List<String> notes) {
  static final String GUESS = "guess: ";
}
