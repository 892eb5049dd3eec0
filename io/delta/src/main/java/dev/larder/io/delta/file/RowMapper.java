package dev.larder.io.delta.file;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;

/** Brings rows of one schema into the column order of another; what is missing becomes null. */
public final class RowMapper {
  private final boolean identity;
  private final int[] positions;
  private final RowMapper[] structs;

  private RowMapper(boolean identity, int[] positions, RowMapper[] structs) {
    this.identity = identity;
    this.positions = positions;
    this.structs = structs;
  }

  public static RowMapper between(RowSchema from, RowSchema to) {
    int[] positions = new int[to.size()];
    RowMapper[] structs = new RowMapper[to.size()];
    boolean identity = from.size() == to.size();
    for (int i = 0; i < positions.length; i++) {
      positions[i] = from.find(to.column(i).name());
      identity &= positions[i] == i;
      if (positions[i] >= 0 && to.column(i).type().kind() == Kind.STRUCT) {
        RowMapper inner =
            between(from.column(positions[i]).type().fields(), to.column(i).type().fields());
        structs[i] = inner.identity ? null : inner;
        identity &= inner.identity;
      }
    }
    return new RowMapper(identity, positions, structs);
  }

  /** The row itself if the schemas agree. */
  public Object[] map(Object[] row) {
    if (identity) {
      return row;
    }
    Object[] mapped = new Object[positions.length];
    for (int i = 0; i < mapped.length; i++) {
      Object value = positions[i] < 0 ? null : row[positions[i]];
      mapped[i] = value == null || structs[i] == null ? value : structs[i].map((Object[]) value);
    }
    return mapped;
  }
}
