package dev.larder.pipelines.run;

import dev.larder.io.jdbc.TablePlan;
import dev.larder.io.jdbc.TableRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a table will be read, as lines for people. Pure. */
public final class RangeLines {
  /** Ranges that are shown of a table with many. */
  public static final int FEW = 3;

  private RangeLines() {}

  /**
   * @param shown how many ranges are shown at the most
   */
  public static List<String> of(TablePlan plan, int shown) {
    List<TableRange> ranges = plan.ranges();
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s: about %,d row%s in %,d range%s%s",
            plan.table().id(),
            plan.estimatedRows(),
            plan.estimatedRows() == 1 ? "" : "s",
            ranges.size(),
            ranges.size() == 1 ? "" : "s",
            ranges.size() == 1 ? "" : sizes(ranges)));
    int width =
        format("%,d", ranges.stream().mapToLong(TableRange::estimatedRows).max().orElse(0))
            .length();
    for (TableRange range : ranges.subList(0, Math.min(shown, ranges.size()))) {
      lines.add(format("  %" + width + "s  %s", format("%,d", range.estimatedRows()), range.sql()));
    }
    if (ranges.size() > shown) {
      lines.add(format("  ... and %,d more (--allRanges)", ranges.size() - shown));
    }
    plan.warning().ifPresent(note -> lines.add("  Note: " + note));
    return lines;
  }

  private static String sizes(List<TableRange> ranges) {
    long fewest = ranges.stream().mapToLong(TableRange::estimatedRows).min().orElse(0);
    long most = ranges.stream().mapToLong(TableRange::estimatedRows).max().orElse(0);
    return format(" of %,d to %,d", fewest, most);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
