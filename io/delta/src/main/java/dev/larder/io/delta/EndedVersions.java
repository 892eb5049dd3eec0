package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.StoredBounds;
import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.FieldPath;
import dev.larder.io.delta.log.DataFile;
import java.util.List;

/**
 * Tells versions that have ended from those that hold, in histories with stored ends ({@link
 * LoadRule.Scd2}). Only a row that comes late can change a version that has ended. So ended ones
 * move to files of their own, which merges neither read nor write anew while rows come in order:
 * what a merge costs follows the keys that live, not the age of the table.
 *
 * <p>For other rules nothing ends.
 */
final class EndedVersions {
  private final FieldPath path;
  private final RowSchema schema;
  private final String from;
  private final int to;
  private final long openEnd;

  /** For a rule without stored ends. */
  private EndedVersions() {
    this.path = null;
    this.schema = null;
    this.from = null;
    this.to = -1;
    this.openEnd = 0;
  }

  private EndedVersions(LoadRule.Scd2 rule, RowSchema schema) {
    this.path = FieldPath.find(schema, rule.to()).orElseThrow();
    this.schema = schema;
    this.from = rule.from();
    this.to = schema.position(rule.to());
    this.openEnd = rule.openEnd();
  }

  /**
   * @param schema of the table
   */
  static EndedVersions of(LoadRule rule, RowSchema schema) {
    return rule instanceof LoadRule.Scd2 scd2
        ? new EndedVersions(scd2, schema)
        : new EndedVersions();
  }

  /**
   * @param row of the table
   */
  boolean hasEnded(Object[] row) {
    return path != null && isEnd(row[to]);
  }

  /** Whether a version with this end no longer holds. */
  boolean isEnd(Object end) {
    return !Long.valueOf(openEnd).equals(end);
  }

  /** Whether it is known of a file that it holds none but ended versions. */
  boolean areAllEnded(DataFile file) {
    return path != null && haveAllEnded(file, openEnd);
  }

  /**
   * Those of the files that may hold a row that matters to rows that came: not those whose versions
   * have all ended before the earliest of them begins.
   *
   * @param came the rows that came
   */
  List<DataFile> mattering(List<DataFile> files, RankedRows came) {
    if (files.stream().noneMatch(this::areAllEnded)) {
      return files;
    }
    int position = schema.position(from);
    long[] earliest = {Long.MAX_VALUE};
    came.columns(
        List.of(from),
        row -> {
          // A row without a begin is refused when it is merged.
          long begin = row[position] == null ? Long.MIN_VALUE : (Long) row[position];
          earliest[0] = Math.min(earliest[0], begin);
        });
    return files.stream().filter(file -> !haveAllEnded(file, earliest[0])).toList();
  }

  private boolean haveAllEnded(DataFile file, long before) {
    ColumnBounds ends = StoredBounds.parse(file.stats()).column(path);
    return ends.nulls() == 0 && ends.max() != null && (Long) ends.max() < before;
  }

  /**
   * Whether so many versions of a file have ended that those that hold are better written anew than
   * copied with the others once more.
   *
   * @param more that end now
   */
  static boolean areHalf(DataFile file, int more) {
    long rows = StoredBounds.parse(file.stats()).rows();
    return rows > 0 && 2 * (file.endedRows() + more) >= rows;
  }
}
