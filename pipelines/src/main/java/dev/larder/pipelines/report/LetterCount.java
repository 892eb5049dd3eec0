package dev.larder.pipelines.report;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.mart.DuckDb;
import java.sql.SQLException;
import java.util.List;

/**
 * How many dead letters there are of one kind.
 *
 * @param table the source table, empty where it is not known
 * @param reason of one of them: reasons hold places and values, which differ
 */
record LetterCount(String source, String table, String step, long letters, String reason) {
  private static final int SHOWN = 50;

  /**
   * The kinds of a lake's letters that no replay has put back, the most frequent first, at most
   * {@value #SHOWN}.
   *
   * @param tables of the lake that can be read
   */
  static List<LetterCount> all(DuckDb duck, String lake, List<LakeTable> tables)
      throws SQLException {
    if (tables.stream().noneMatch(table -> table.name().equals(DeadLetter.TABLE))) {
      return List.of();
    }
    DeltaSnapshot stored = DeltaTable.of(lake, DeadLetter.TABLE).latest();
    duck.view("letters", stored.schema(), stored.files());
    String left = "letters";
    DeltaSnapshot outcomes = DeltaTable.of(lake, DeadLetter.OUTCOMES).find().orElse(null);
    if (outcomes != null) {
      duck.view("outcomes", outcomes.schema(), outcomes.files());
      left =
          "letters ANTI JOIN (SELECT * FROM outcomes WHERE outcome = 'replayed') USING (topic,"
              + " \"partition\", \"offset\", step)";
    }
    String sql =
        String.format(
            "SELECT source, coalesce(table_name, ''), step, count(*), min(reason) FROM %s"
                + " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT %d",
            left, SHOWN);
    return duck.rows(sql).stream()
        .map(
            row ->
                new LetterCount(
                    (String) row[0],
                    (String) row[1],
                    (String) row[2],
                    (Long) row[3],
                    (String) row[4]))
        .toList();
  }
}
