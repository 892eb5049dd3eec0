package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableSchema;

/**
 * The changes that rows of a bronze table keep, with the columns of both resolved once; the inverse
 * of {@link BronzeRows#row}. Not for two threads.
 */
final class BronzeChanges {
  private static final Origin[] ORIGINS = Origin.values();

  private final TableSchema source;
  private final RowSchema row;
  private final int operation;
  private final int committedAt;
  private final int sequence;
  private final int origin;
  private final int topic;
  private final int partition;
  private final int offset;
  private final Image before;
  private final Image after;

  /** Of the last row: all rows of a snapshot have one. */
  private String place;

  private Sequence parsed;

  /**
   * @param source the table under which the rows are read: {@link BronzeRows#source}, or as the
   *     database has it now; columns that the rows lack are null
   * @param row columns of the rows, in any order
   * @throws IllegalArgumentException if the rows lack a column of {@link BronzeRows}
   */
  BronzeChanges(TableSchema source, RowSchema row) {
    this.source = source;
    this.row = row;
    this.operation = row.position("_op");
    this.committedAt = row.position("_committed_at");
    this.sequence = row.position("_seq");
    this.origin = row.position("_origin");
    this.topic = row.position("_topic");
    this.partition = row.position("_partition");
    this.offset = row.position("_offset");
    this.before = new Image(source, row, "before");
    this.after = new Image(source, row, "after");
  }

  /** Where the columns of an image are in a row. */
  private record Image(int position, int[] fields) {
    Image(TableSchema source, RowSchema row, String column) {
      this(row.position(column), fields(source, row, row.position(column)));
    }

    private static int[] fields(TableSchema source, RowSchema row, int position) {
      RowSchema stored = row.column(position).type().fields();
      return source.columns().names().stream().mapToInt(stored::find).toArray();
    }

    Object[] of(Object[] values) {
      Object[] stored = (Object[]) values[position];
      if (stored == null) {
        return null;
      }
      Object[] image = new Object[fields.length];
      for (int i = 0; i < image.length; i++) {
        image[i] = fields[i] < 0 ? null : stored[fields[i]];
      }
      return image;
    }
  }

  /** The columns of the rows. */
  RowSchema row() {
    return row;
  }

  ChangeRecord change(Object[] values) {
    return new ChangeRecord(
        source,
        Operation.of((String) values[operation]),
        before.of(values),
        after.of(values),
        (Long) values[committedAt],
        sequence((String) values[sequence]),
        origin((String) values[origin]),
        place(values));
  }

  private static Origin origin(String text) {
    for (Origin origin : ORIGINS) {
      if (BronzeRows.origin(origin).equals(text)) {
        return origin;
      }
    }
    throw new IllegalArgumentException("unknown origin \"" + text + "\"; known: snapshot, log");
  }

  private Sequence sequence(String text) {
    if (!text.equals(place)) {
      parsed = Sequence.parse(text);
      place = text;
    }
    return parsed;
  }

  private LogPlace place(Object[] values) {
    String name = (String) values[topic];
    return name == null
        ? null
        : new LogPlace(name, Math.toIntExact((Long) values[partition]), (Long) values[offset]);
  }
}
