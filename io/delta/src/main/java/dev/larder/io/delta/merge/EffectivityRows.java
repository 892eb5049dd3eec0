package dev.larder.io.delta.merge;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.util.Comparator;

/** Reads and makes the rows of a table with {@link LoadRule.Effectivity}. */
final class EffectivityRows {
  private static final long DAY = 86_400_000_000L;

  private final LoadRule.Effectivity rule;
  private final RowKey.Of member;
  private final int order;
  private final int start;
  private final int end;
  private final int[] stamped;
  private final long openFrom;

  EffectivityRows(LoadRule.Effectivity rule, RowSchema schema) {
    this.rule = rule;
    this.member = new RowKey.Of(schema, rule.member());
    this.order = schema.position(rule.order());
    this.start = schema.position(rule.start());
    this.end = schema.position(rule.end());
    this.stamped = rule.stamped().stream().mapToInt(schema::position).toArray();
    this.openFrom = Math.floorDiv(rule.openEnd(), DAY) * DAY;
  }

  RowKey member(Object[] row) {
    return member.key(row);
  }

  boolean hasMember(Object[] row) {
    return member.isComplete(row);
  }

  Object order(Object[] row) {
    return row[order];
  }

  Object start(Object[] row) {
    return row[start];
  }

  boolean isOpening(Object[] row) {
    return row[end] == null || (Long) row[end] >= openFrom;
  }

  /** When what a row says took effect: the start of an opening row, the end of a closing one. */
  private Object effect(Object[] row) {
    return isOpening(row) ? row[start] : row[end];
  }

  /** A row that came, as it opens its member. */
  Object[] opening(Object[] came) {
    if (came[end] != null) {
      return came;
    }
    Object[] row = came.clone();
    row[end] = rule.openEnd();
    return row;
  }

  /** The opening of a member that stays open through another row's event. */
  Object[] reopening(Object[] opening, Object[] cause) {
    Object[] row = stamped(opening, cause);
    row[start] = effect(cause);
    return row;
  }

  /** The end of what a row has opened, caused by another. */
  Object[] closing(Object[] opening, Object[] cause) {
    Object[] row = stamped(opening, cause);
    row[end] = effect(cause);
    return row;
  }

  /** A delete that finds nothing to close. */
  Object[] empty(Object[] delete) {
    Object[] row = delete.clone();
    row[end] = row[start];
    return row;
  }

  private Object[] stamped(Object[] original, Object[] cause) {
    Object[] row = original.clone();
    row[order] = cause[order];
    for (int position : stamped) {
      row[position] = cause[position];
    }
    return row;
  }

  /** By order, then by member. */
  Comparator<Object[]> inOrder() {
    Comparator<Object[]> byOrder = (left, right) -> Values.compare(left[order], right[order]);
    return byOrder.thenComparing(member.order());
  }
}
