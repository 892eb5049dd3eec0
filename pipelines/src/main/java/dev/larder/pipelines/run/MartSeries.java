package dev.larder.pipelines.run;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.forecast.SeriesKey;
import java.util.ArrayList;
import java.util.List;

/** How the rows of a mart are told apart as series: what a forecast and its readers agree on. */
public final class MartSeries {
  /** Columns that make a group where none are given. */
  public static final List<String> GROUP_COLUMNS = List.of("country", "unit_code");

  /** Columns that make a series within its group where none are given. */
  public static final List<String> ITEM_COLUMNS = List.of("ingredient_code");

  private static final String SEPARATOR = " ";
  private static final String UNKNOWN = "?";

  private MartSeries() {}

  /**
   * The series of a row: texts of its values, separated by a space; {@code ?} for null.
   *
   * @param schema of the row: first the columns of the group, then those of the item
   * @param groups number of columns that make the group
   * @param items number of columns that make the item
   */
  public static SeriesKey key(RowSchema schema, Object[] row, int groups, int items) {
    return new SeriesKey(text(schema, row, 0, groups), text(schema, row, groups, groups + items));
  }

  private static String text(RowSchema schema, Object[] row, int from, int to) {
    List<String> parts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      parts.add(row[i] == null ? UNKNOWN : Values.text(schema.column(i).type(), row[i]));
    }
    return String.join(SEPARATOR, parts);
  }
}
