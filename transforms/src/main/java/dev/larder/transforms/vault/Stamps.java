package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import java.io.Serializable;
import java.util.List;

/**
 * The technical columns of a table: when and from where a row came, and what comes before what.
 *
 * @param columns all of them, in the order in which they are stored
 * @param order the one that orders the versions of a key; values sort as their type does
 */
public record Stamps(List<Column> columns, String order) implements Serializable {

  /**
   * @throws IllegalArgumentException if the order is none of the columns
   */
  public Stamps {
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(column -> column.name().equals(order))) {
      throw new IllegalArgumentException("no column " + order + " in " + columns);
    }
  }

  /** What a row that closes or reverses another has from the row that caused it: all but order. */
  List<String> stamped() {
    return columns.stream().map(Column::name).filter(name -> !name.equals(order)).toList();
  }
}
