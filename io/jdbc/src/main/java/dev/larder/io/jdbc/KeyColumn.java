package dev.larder.io.jdbc;

import java.io.Serializable;
import java.util.Objects;

/**
 * A column of an index, as ranges are cut by it.
 *
 * @param charset MySQL's name of the character set of a {@link KeyForm#TEXT}; else null
 * @param collation MySQL's name of the order of a {@link KeyForm#TEXT}; else null
 * @param nullable whether rows may have no value in it: they stand before all others
 */
public record KeyColumn(
    String name, KeyForm form, String charset, String collation, boolean nullable)
    implements Serializable {

  public KeyColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(form, "form");
    if ((form == KeyForm.TEXT) != (collation != null && charset != null)) {
      throw new IllegalArgumentException(name + ": " + form + " of " + charset + ", " + collation);
    }
  }

  /** A column that is no text and never NULL. */
  static KeyColumn of(String name, KeyForm form) {
    return new KeyColumn(name, form, null, null, false);
  }

  /** What to select so that {@link #literal} understands it. */
  String selected() {
    return form.selected(Sql.name(name));
  }

  /**
   * A value as an SQL literal that the database compares with the column as it compares the value
   * itself.
   *
   * @param selected what {@link #selected} gave
   */
  String literal(String selected) {
    return form.literal(selected, charset);
  }

  /**
   * The literal of a canonical value of the column; null if the value may stand for several that
   * the database tells apart.
   */
  String literalOf(Object canonical) {
    return form.literalOf(canonical, this);
  }

  /** A text as a value of the column, also where the column's character set lacks letters of it. */
  String converted(String text) {
    return KeyForm.converted(text, this);
  }
}
