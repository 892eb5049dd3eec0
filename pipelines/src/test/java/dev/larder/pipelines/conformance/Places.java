package dev.larder.pipelines.conformance;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives rows a place in the order of their table: the load date, and behind it the place of
 * arrival, since the suite has no sequence. A row that comes again, equal in every column, is the
 * same event and has the place that it had.
 */
final class Places {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** Puts days before 1970 at positive numbers. */
  private static final long EPOCH = 1_000_000;

  private final Map<List<String>, Integer> arrivals = new HashMap<>();

  /**
   * @param loadDate position of the load date
   */
  Sequence of(RowSchema schema, Object[] row, int loadDate) {
    List<String> content = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      content.add(SuiteTypes.text(schema.column(i).type(), row[i]));
    }
    int arrival = arrivals.computeIfAbsent(content, any -> arrivals.size());
    return at(row[loadDate], arrival);
  }

  /** A load date (days, microseconds or a text; absent is before all) and a number behind it. */
  static Sequence at(Object loadDate, int number) {
    if (loadDate == null) {
      return new Sequence(0, 0, number);
    }
    long micros =
        loadDate instanceof Integer days
            ? days * MICROS_PER_DAY
            : loadDate instanceof String text
                ? (Long) SuiteTypes.value(ColumnType.DATETIME, text)
                : (Long) loadDate;
    return new Sequence(
        EPOCH + Math.floorDiv(micros, MICROS_PER_DAY),
        Math.floorMod(micros, MICROS_PER_DAY),
        number);
  }
}
