package dev.larder.transforms.hash;

import java.util.Locale;

/**
 * What is done to the text of a business key's part before it is hashed and stored, so that two
 * sources that spell a key differently meet in one hub. Trimming takes blanks (U+0020) from both
 * ends, as SQL's TRIM does; case mapping is Unicode's, without a locale. A part that is empty
 * afterwards counts as absent.
 */
public enum Normalisation {
  NONE,
  TRIM,
  UPPER,
  LOWER,
  UPPER_TRIM,
  LOWER_TRIM;

  /** The name in a model file: {@code upper_trim}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param text a part of a business key, or null where it is absent
   * @return the text to hash and store, or null where it is absent or empty
   */
  public String apply(String text) {
    String normal = keep(text);
    return normal == null || normal.isEmpty() ? null : normal;
  }

  /** The same for profiles in which an empty part is a value: null only where it is absent. */
  public String keep(String text) {
    return text == null
        ? null
        : switch (this) {
          case NONE -> text;
          case TRIM -> trim(text);
          case UPPER -> text.toUpperCase(Locale.ROOT);
          case LOWER -> text.toLowerCase(Locale.ROOT);
          case UPPER_TRIM -> trim(text).toUpperCase(Locale.ROOT);
          case LOWER_TRIM -> trim(text).toLowerCase(Locale.ROOT);
        };
  }

  /** Takes blanks (U+0020) from both ends. */
  public static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == ' ') {
      to--;
    }
    return text.substring(from, to);
  }
}
