package dev.larder.io.changes;

import java.util.Objects;

/**
 * One change of one row of a source table, the same whether a snapshot, the log or bronze brought
 * it. The images are rows of {@code table.columns()} in canonical values ({@link Kind}); they are
 * shared and must not be written to.
 *
 * @param before the row before the change; null for READ, CREATE and TRUNCATE
 * @param after the row after the change; null for DELETE and TRUNCATE
 * @param committedAt microseconds since the epoch, UTC: when the source committed the change; for a
 *     snapshot row, when P0 was recorded. It is data: no pipeline's clock is ever in it.
 * @param sequence the place in the total order of the source
 * @param place the Kafka record it came in, or null
 */
public record ChangeRecord(
    TableSchema table,
    Operation operation,
    Object[] before,
    Object[] after,
    long committedAt,
    Sequence sequence,
    Origin origin,
    LogPlace place) {

  public ChangeRecord {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(origin, "origin");
    check(table, before, "before", operation == Operation.UPDATE || operation == Operation.DELETE);
    check(table, after, "after", operation != Operation.DELETE && operation != Operation.TRUNCATE);
  }

  private static void check(TableSchema table, Object[] image, String name, boolean expected) {
    if ((image != null) != expected) {
      throw new IllegalArgumentException(
          table.id() + ": image \"" + name + "\" is " + (expected ? "missing" : "not expected"));
    }
    if (image != null && image.length != table.columns().size()) {
      throw new IllegalArgumentException(
          table.id() + ": " + image.length + " values for " + table.columns().size() + " columns");
    }
  }

  public static ChangeRecord read(
      TableSchema table, Object[] row, long committedAt, Sequence sequence) {
    return new ChangeRecord(
        table, Operation.READ, null, row, committedAt, sequence, Origin.SNAPSHOT, null);
  }

  /**
   * The image that says which row it was: {@code after}, or {@code before} of a delete; null for a
   * TRUNCATE.
   */
  public Object[] image() {
    return after != null ? after : before;
  }

  /** Equal in every value; rows are compared by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ChangeRecord that
        && table.equals(that.table)
        && operation == that.operation
        && Values.sameRow(before, that.before)
        && Values.sameRow(after, that.after)
        && committedAt == that.committedAt
        && sequence.equals(that.sequence)
        && origin == that.origin
        && Objects.equals(place, that.place);
  }

  @Override
  public int hashCode() {
    return Objects.hash(table.id(), operation, sequence, place) * 31 + Values.hashRow(image());
  }

  /** Without the images: no payload may reach a log. */
  @Override
  public String toString() {
    return operation + " " + table.id() + " at " + sequence + (place == null ? "" : " " + place);
  }
}
