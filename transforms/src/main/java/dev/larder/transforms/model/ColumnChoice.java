package dev.larder.transforms.model;

import dev.larder.io.changes.RowSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which columns of a source table a vault table takes, and under which names. */
public sealed interface ColumnChoice extends Serializable {

  /**
   * @param name in the vault
   * @param column in the source
   */
  record Taken(String name, String column) implements Serializable {}

  /** Columns named one by one, in this order. */
  record Listed(List<Taken> columns) implements ColumnChoice {
    public Listed {
      columns = List.copyOf(columns);
    }
  }

  /** All columns but those that a key uses and those named here, in the table's order. */
  record AllExcept(List<String> columns) implements ColumnChoice {
    public AllExcept {
      columns = List.copyOf(columns);
    }
  }

  /** No column. */
  ColumnChoice NONE = new Listed(List.of());

  /**
   * The columns in order.
   *
   * @param taken columns that "all" does not mean, because they stand elsewhere
   */
  default List<Taken> resolve(RowSchema table, Set<String> taken) {
    if (this instanceof Listed listed) {
      return listed.columns();
    }
    List<String> except = ((AllExcept) this).columns();
    List<Taken> columns = new ArrayList<>();
    for (String name : table.names()) {
      if (!taken.contains(name) && !except.contains(name)) {
        columns.add(new Taken(name, name));
      }
    }
    return columns;
  }
}
