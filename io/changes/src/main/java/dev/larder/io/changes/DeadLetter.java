package dev.larder.io.changes;

import java.util.Objects;

/**
 * A record that could not be processed, with all that is needed to mend and replay it. Letters are
 * rows of the lake's table {@value #TABLE}, keyed by place and step so that a repeated batch does
 * not write one twice.
 *
 * @param source the model's name of the source
 * @param table the source table where it is known, else null
 * @param place the Kafka record, or null for a record of the snapshot branch
 * @param step the step that refused it: {@code decode}, {@code hash}, {@value #LATE}, {@value
 *     #REJECTED}
 * @param reason what was wrong and what to do, in one or two sentences, without the payload
 * @param key the key's bytes as they came, or null
 * @param value the value's bytes as they came, or null
 * @param occurredAt microseconds since the epoch, UTC: the record's own time stamp, not the clock's
 */
public record DeadLetter(
    String source,
    String table,
    LogPlace place,
    String step,
    String reason,
    byte[] key,
    byte[] value,
    long occurredAt) {

  /** Where letters are kept, below the lake. */
  public static final String TABLE = "ops/dead_letters";

  /** The step of a row that came late and may be put into its place. */
  public static final String LATE = "late";

  /** The step of a row that came late and is not wanted: there is nothing to be done. */
  public static final String REJECTED = "rejected";

  /** What became of letters that were put back, below the lake. */
  public static final String OUTCOMES = "ops/replays";

  /** Columns of {@link #TABLE}. */
  public static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("source", ColumnType.STRING),
          Column.nullable("table_name", ColumnType.STRING),
          Column.nullable("topic", ColumnType.STRING),
          Column.nullable("partition", ColumnType.INT),
          Column.nullable("offset", ColumnType.INT),
          Column.required("step", ColumnType.STRING),
          Column.required("reason", ColumnType.STRING),
          Column.nullable("key", ColumnType.BINARY),
          Column.nullable("value", ColumnType.BINARY),
          Column.required("occurred_at", ColumnType.TIMESTAMP));

  public DeadLetter {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(reason, "reason");
  }

  /** The letter as a row of {@link #TABLE}. */
  public TableRow row() {
    Object[] values = {
      source,
      table,
      place == null ? null : place.topic(),
      place == null ? null : (long) place.partition(),
      place == null ? null : place.offset(),
      step,
      reason,
      key,
      value,
      occurredAt
    };
    return TableRow.put(TABLE, SCHEMA, values, Sequence.BEGINNING);
  }
}
