package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;

/** Makes the change record of an envelope that was read. */
final class EventRecord {
  private static final long MAX_POSITION = 1_000_000_000_000L;
  private static final long MAX_ROW = 500_000L;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private EventRecord() {}

  /**
   * @throws Refused if the event lacks an image, its time or its place in the log
   */
  static ChangeRecord of(Envelope event, TableSchema schema, LogPlace place) throws Refused {
    TableId table = schema.id();
    Operation operation = operation(event, table);
    boolean needsBefore = operation == Operation.UPDATE || operation == Operation.DELETE;
    boolean needsAfter = operation != Operation.DELETE && operation != Operation.TRUNCATE;
    if (needsBefore && event.before == null) {
      throw new Refused(DecodeErrors.noImage(table, event.operation, "before"));
    }
    if (needsAfter && event.after == null) {
      throw new Refused(DecodeErrors.noImage(table, event.operation, "after"));
    }
    return new ChangeRecord(
        schema,
        operation,
        needsBefore ? event.before : null,
        needsAfter ? event.after : null,
        committedAt(event, table),
        sequence(event, operation, table),
        operation == Operation.READ ? Origin.SNAPSHOT : Origin.LOG,
        place);
  }

  private static Operation operation(Envelope event, TableId table) throws Refused {
    try {
      return Operation.of(event.operation);
    } catch (IllegalArgumentException e) {
      throw new Refused(DecodeErrors.unknownOperation(table));
    }
  }

  private static long committedAt(Envelope event, TableId table) throws Refused {
    try {
      if (event.committedMicros != Envelope.ABSENT) {
        return event.committedMicros;
      }
      if (event.committedMillis != Envelope.ABSENT) {
        return Math.multiplyExact(event.committedMillis, MICROS_PER_MILLI);
      }
      if (event.committedSeconds != Envelope.ABSENT) {
        return Math.multiplyExact(event.committedSeconds, MICROS_PER_SECOND);
      }
      if (event.writtenMillis != Envelope.ABSENT) {
        return Math.multiplyExact(event.writtenMillis, MICROS_PER_MILLI);
      }
    } catch (ArithmeticException e) {
      throw new Refused(DecodeErrors.noPlace(table, "ts_us"));
    }
    throw new Refused(DecodeErrors.noPlace(table, "ts_us"));
  }

  /**
   * A changed primary key is one row of one event and comes as delete and create: the create is
   * placed behind the delete, so that each change has a place of its own. A truncate has no row;
   * Debezium says that of the event it read before, which depends on where it began to read.
   */
  private static Sequence sequence(Envelope event, Operation operation, TableId table)
      throws Refused {
    if (event.file == null) {
      throw new Refused(DecodeErrors.noPlace(table, "file"));
    }
    if (event.position < 0 || event.position >= MAX_POSITION) {
      throw new Refused(DecodeErrors.noPlace(table, "pos"));
    }
    if (event.row < 0 || event.row >= MAX_ROW) {
      throw new Refused(DecodeErrors.noPlace(table, "row"));
    }
    try {
      int row = 2 * (int) event.row + (operation == Operation.CREATE ? 1 : 0);
      return Sequence.of(event.file, event.position, operation == Operation.TRUNCATE ? 0 : row);
    } catch (IllegalArgumentException e) {
      throw new Refused(DecodeErrors.noPlace(table, "file"));
    }
  }
}
