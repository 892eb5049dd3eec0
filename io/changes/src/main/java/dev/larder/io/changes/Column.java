package dev.larder.io.changes;

import java.io.Serializable;
import java.util.Objects;

/** A named column of a {@link RowSchema}. Names are compared exactly, case included. */
public record Column(String name, ColumnType type, boolean nullable) implements Serializable {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  public static Column nullable(String name, ColumnType type) {
    return new Column(name, type, true);
  }

  public static Column required(String name, ColumnType type) {
    return new Column(name, type, false);
  }

  /** {@code name type}, with {@code not null} where it is required. */
  @Override
  public String toString() {
    return name + " " + type + (nullable ? "" : " not null");
  }
}
