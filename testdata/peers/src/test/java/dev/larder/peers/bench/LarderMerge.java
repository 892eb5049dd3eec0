package dev.larder.peers.bench;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;

/**
 * Larder's side of a merge, by DirectRunner: {@code LarderMerge LAKE load RULE ROWS} makes the
 * table, {@code LarderMerge LAKE merge RULE ROWS CHANGES BATCH BATCHES} merges batches of changed
 * rows. {@code RULE} is {@code changed} (rows are added, ends are derived) or {@code scd2} (ends
 * are stored).
 */
public final class LarderMerge {
  private static final int BUCKETS = Integer.getInteger("bench.buckets", 16);

  private LarderMerge() {}

  public static void main(String[] args) {
    long rows = Long.parseLong(args[3]);
    TableSpec spec = spec(args[2]);
    if (args[1].equals("load")) {
      merge(args[0], spec, rows, rows, 0);
      return;
    }
    int first = Integer.parseInt(args[5]);
    for (int batch = first; batch < first + Integer.parseInt(args[6]); batch++) {
      Gauge gauge = new Gauge();
      merge(args[0], spec, rows, Long.parseLong(args[4]), batch);
      gauge.print("larder merge batch=" + batch);
    }
  }

  private static void merge(String lake, TableSpec spec, long rows, long changes, int batch) {
    Pipeline pipeline = LarderAppend.directPipeline();
    pipeline
        .apply("Rows", new SatelliteRows(rows, rows / changes, batch, changes > 100_000 ? 64 : 2))
        .apply(
            "Merge",
            DeltaIO.mergeRows().to(lake).withTables(List.of(spec)).withTransaction("bench", batch));
    pipeline.run().waitUntilFinish();
  }

  private static TableSpec spec(String rule) {
    List<String> key = List.of("hk");
    List<String> compared = List.of("hashdiff");
    LoadRule loads =
        rule.equals("scd2")
            ? new LoadRule.Scd2(
                key, compared, "valid_from", "valid_to", "is_current", Satellite.OPEN_END)
            : new LoadRule.InsertIfChanged(key, "valid_from", compared);
    return new TableSpec(Satellite.TABLE, Satellite.SCHEMA, loads, BUCKETS, Map.of());
  }
}
