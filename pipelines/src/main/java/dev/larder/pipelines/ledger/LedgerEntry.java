package dev.larder.pipelines.ledger;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.util.Objects;

/**
 * A line of the ledger.
 *
 * @param run what kind of work: {@link Ledger#STREAM}, {@link Ledger#SNAPSHOT}, {@link
 *     Ledger#HAND_OVER}
 * @param number the batch's or snapshot's number, from 1
 * @param body JSON: the plan, or the outcome
 * @param recordedAt microseconds since the epoch, UTC, by the writer's clock; for people only
 */
public record LedgerEntry(String run, long number, State state, String body, long recordedAt) {

  /** How far the work is. */
  public enum State {
    /** Will be done, or done again, exactly as planned. */
    PLANNED,
    DONE,
    /** Stands for all lines of its kind up to its number: they came to what it says. */
    FOLDED,
    /** Will not be done: something else was planned in its place. */
    GIVEN_UP
  }

  static final String RUN = "run";

  static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required(RUN, ColumnType.STRING),
          Column.required("number", ColumnType.INT),
          Column.required("state", ColumnType.STRING),
          Column.required("body", ColumnType.STRING),
          Column.required("recorded_at", ColumnType.TIMESTAMP));

  public LedgerEntry {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(body, "body");
  }

  Object[] row() {
    return new Object[] {run, number, state.name(), body, recordedAt};
  }

  static LedgerEntry of(Object[] row) {
    return new LedgerEntry(
        (String) row[0],
        (Long) row[1],
        State.valueOf((String) row[2]),
        (String) row[3],
        (Long) row[4]);
  }
}
