package dev.larder.io.delta;

import dev.larder.io.changes.TableRows;
import java.io.Serializable;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.SerializableFunction;

/** Files that hold the rows of a group and that no version of their table names yet. */
public final class WrittenRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final BundlePart.Written part;

  private WrittenRows(String table, BundlePart.Written part) {
    this.table = Objects.requireNonNull(table, "table");
    this.part = Objects.requireNonNull(part, "part");
  }

  public static Coder<WrittenRows> coder() {
    return SerializableCoder.of(WrittenRows.class);
  }

  String table() {
    return table;
  }

  BundlePart.Written part() {
    return part;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrittenRows that && table.equals(that.table) && part.equals(that.part);
  }

  @Override
  public int hashCode() {
    return Objects.hash(table, part);
  }

  @Override
  public String toString() {
    return part.rows() + " rows of " + table;
  }

  /** Writes groups, wherever it is called. */
  static final class Writer implements SerializableFunction<TableRows, WrittenRows> {
    private static final long serialVersionUID = 1L;

    private final GroupFiles files;

    Writer(LoadPlan plan) {
      this.files = new GroupFiles(plan);
    }

    @Override
    public WrittenRows apply(TableRows group) {
      return new WrittenRows(group.table(), files.write(group));
    }
  }
}
