package dev.larder.io.delta.change;

/**
 * What became of a row, by the names of Delta's change data feed.
 *
 * <p><b>Source</b>: "Change Data Files" of the Delta protocol.
 */
public enum ChangeType {
  INSERT("insert"),
  DELETE("delete"),
  UPDATE_PREIMAGE("update_preimage"),
  UPDATE_POSTIMAGE("update_postimage");

  private final String text;

  ChangeType(String text) {
    this.text = text;
  }

  /** The value of column {@code _change_type}. */
  public String text() {
    return text;
  }

  /** Whether the row is one that the version took away. */
  public boolean isRemoval() {
    return this == DELETE || this == UPDATE_PREIMAGE;
  }
}
