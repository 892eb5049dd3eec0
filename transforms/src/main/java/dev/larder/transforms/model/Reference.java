package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.List;

/**
 * A reference table: codes and what they mean, by their natural key, without hashes.
 *
 * @param key columns that identify a row
 * @param columns the other columns
 */
public record Reference(String name, ColumnChoice key, ColumnChoice columns, Load load)
    implements Serializable {

  /** The source columns of the key. */
  public List<String> keyColumns() {
    return key instanceof ColumnChoice.Listed listed
        ? listed.columns().stream().map(ColumnChoice.Taken::column).toList()
        : List.of();
  }

  /** What becomes of a code whose meaning changes. */
  public enum Load {
    /** The first meaning stays. */
    DEDUP,
    /** Each meaning has its time, with its end in the table. */
    SCD2,
    /** Each meaning is added as a row. */
    INSERT_ONLY
  }
}
