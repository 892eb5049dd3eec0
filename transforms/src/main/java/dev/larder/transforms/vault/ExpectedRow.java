package dev.larder.transforms.vault;

import dev.larder.io.changes.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a table of the vault must hold now for a row of a source, or what it does hold.
 *
 * @param table the vault table's path below the lake
 * @param key {@link ExpectedState#key} of the row
 * @param columns {@link VaultTable#payload}
 * @param values canonical values of {@code columns}
 */
public record ExpectedRow(String table, byte[] key, List<String> columns, Object[] values) {

  @Override
  public boolean equals(Object other) {
    return other instanceof ExpectedRow that
        && table.equals(that.table)
        && Arrays.equals(key, that.key)
        && columns.equals(that.columns)
        && Values.sameRow(values, that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(table, Arrays.hashCode(key), columns, Values.hashRow(values));
  }

  /** Without the values. */
  @Override
  public String toString() {
    return table + " " + columns;
  }
}
