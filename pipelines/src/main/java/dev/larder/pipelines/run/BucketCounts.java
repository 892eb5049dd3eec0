package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Into how many buckets new tables of a vault are divided, by the rows that bronze holds of the
 * source tables that feed them: one for a million rows, 64 at the most. A bucket is merged by one
 * worker that holds what came for it; more buckets than that only make more and smaller files.
 *
 * <p>A hub or link counts as large as the smallest table that feeds it: the thing's own table has a
 * row for each key, others name keys again and again.
 */
final class BucketCounts {
  private static final long ROWS_A_BUCKET = 1_000_000;
  private static final int MAX_BUCKETS = 64;

  private final Map<String, Long> rows = new HashMap<>();

  private BucketCounts() {}

  /** Opens the logs of the bronze tables; reads no row. */
  static BucketCounts of(String lake, VaultModel model) {
    BucketCounts counts = new BucketCounts();
    model.tables().values().forEach(table -> counts.add(table, rowsInBronze(lake, table.id())));
    return counts;
  }

  private static long rowsInBronze(String lake, TableId table) {
    return DeltaTable.of(lake, BronzeRows.table(table))
        .find()
        .map(DeltaSnapshot::rowCount)
        .map(count -> count.orElse(0))
        .orElse(0L);
  }

  private void add(SourceTable table, long count) {
    Stream.concat(
            table.hubs().stream().map(SourceTable.HubMapping::hub),
            table.links().stream().map(SourceTable.LinkMapping::link))
        .forEach(parent -> rows.merge(VaultNames.status(parent, table.id()), count, Math::min));
    table.hubs().forEach(hub -> rows.merge(VaultNames.hub(hub.hub()), count, Math::min));
    table.links().forEach(link -> rows.merge(VaultNames.link(link.link()), count, Math::min));
    table.satellites().forEach(each -> rows.merge(VaultNames.satellite(each), count, Math::min));
    table
        .histories()
        .forEach(each -> rows.merge(VaultNames.history(each.name()), count, Math::min));
  }

  /** At least one. */
  int of(String table) {
    return buckets(rows.getOrDefault(table, 0L));
  }

  static int buckets(long rows) {
    return (int) Math.max(1, Math.min(MAX_BUCKETS, (rows + ROWS_A_BUCKET - 1) / ROWS_A_BUCKET));
  }
}
