package dev.larder.io.delta.log;

/** What a commit did, by the name that {@code DESCRIBE HISTORY} shows for it. */
public enum TableOperation {
  CREATE_TABLE("CREATE TABLE"),
  WRITE("WRITE"),
  MERGE("MERGE"),
  REPLACE_TABLE("REPLACE TABLE"),
  ADD_COLUMNS("ADD COLUMNS"),
  SET_PROPERTIES("SET TBLPROPERTIES"),
  DELETE("DELETE"),
  OPTIMIZE("OPTIMIZE"),
  RESTORE("RESTORE");

  private final String text;

  TableOperation(String text) {
    this.text = text;
  }

  /** The name in the log. */
  public String text() {
    return text;
  }
}
