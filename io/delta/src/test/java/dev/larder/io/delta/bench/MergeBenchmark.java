package dev.larder.io.delta.bench;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Merges changes into a table by DirectRunner and says what it took, to be put beside the same
 * merge by others. Run each step in a fresh JVM:
 *
 * <ol>
 *   <li>{@code MergeBenchmark LAKE load RULE ROWS BUCKETS} makes a table of that many keys;
 *   <li>{@code MergeBenchmark LAKE merge RULE ROWS CHANGES [BATCHES]} loads batches of changed rows
 *       of keys spread evenly over all (and prints a line for each batch).
 * </ol>
 *
 * {@code RULE} is one of {@code absent}, {@code changed}, {@code scd2}, {@code latest}. CPU seconds
 * are those of the process from the building of the pipeline on; the start of the JVM is not in
 * them.
 */
public final class MergeBenchmark {
  private static final String TABLE = "bench/merged";
  private static final long OPEN_END = 253_402_300_799_000_000L;

  private MergeBenchmark() {}

  /** Makes rows: of each chunk of keys, every {@code step}th. */
  static final class RowsFn extends DoFn<Long, TableRow> {
    private static final long serialVersionUID = 1L;
    private final long keysAChunk;
    private final long step;
    private final int version;

    RowsFn(long keysAChunk, long step, int version) {
      this.keysAChunk = keysAChunk;
      this.step = step;
      this.version = version;
    }

    @ProcessElement
    public void process(@Element Long chunk, OutputReceiver<TableRow> out) {
      for (long key = chunk * keysAChunk; key < (chunk + 1) * keysAChunk; key += step) {
        out.output(
            TableRow.put(
                TABLE,
                SatelliteRows.SCHEMA,
                SatelliteRows.row(key, version),
                new Sequence(1, version, 0)));
      }
    }
  }

  private static LoadRule rule(String name) {
    List<String> key = List.of("hk");
    return switch (name) {
      case "absent" -> new LoadRule.InsertIfAbsent(key);
      case "changed" -> new LoadRule.InsertIfChanged(key, "valid_from", List.of("hashdiff"));
      case "scd2" ->
          new LoadRule.Scd2(
              key, List.of("hashdiff"), "valid_from", "valid_to", "is_current", OPEN_END);
      case "latest" -> new LoadRule.Latest(key, "valid_from");
      default -> throw new IllegalArgumentException("no rule " + name);
    };
  }

  public static void main(String[] args) throws Exception {
    String lake = args[0];
    String rule = args[2];
    long rows = Long.parseLong(args[3]);
    if (args[1].equals("load")) {
      TableSpec spec = spec(rule, Integer.parseInt(args[4]));
      DeltaTables.create(lake, spec);
      run("load", lake, spec, rows, rows, 0);
      return;
    }
    TableSpec spec = spec(rule, 1);
    long changes = Long.parseLong(args[4]);
    int batches = args.length > 5 ? Integer.parseInt(args[5]) : 1;
    for (int batch = 0; batch < batches; batch++) {
      int next = (int) DeltaTable.of(lake, TABLE).batch("bench") + 1;
      run("merge", lake, spec, rows, changes, next);
    }
  }

  private static TableSpec spec(String rule, int buckets) {
    RowSchema schema = SatelliteRows.SCHEMA;
    return new TableSpec(TABLE, schema, rule(rule), buckets, Map.of());
  }

  private static void run(
      String what, String lake, TableSpec spec, long rows, long changes, int version)
      throws Exception {
    Gauge gauge = new Gauge();
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--enforceImmutability=false",
                    "--enforceEncodability=false",
                    "--targetParallelism=2")
                .create());
    rows(pipeline, rows, changes, version)
        .apply(
            "Merge",
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(spec))
                .withTransaction("bench", version));
    pipeline.run().waitUntilFinish();
    gauge.print(
        what
            + " rule="
            + spec.rule().getClass().getSimpleName()
            + " rows="
            + rows
            + " changes="
            + changes
            + " batch="
            + version
            + " files="
            + DeltaTable.of(lake, TABLE).latest().files().size());
  }

  private static PCollection<TableRow> rows(
      Pipeline pipeline, long rows, long changes, int version) {
    long chunks = Math.max(1, Math.min(changes / 1_000, 64));
    Long[] numbers = new Long[(int) chunks];
    for (int i = 0; i < chunks; i++) {
      numbers[i] = (long) i;
    }
    PBegin begin = PBegin.in(pipeline);
    return begin
        .apply("Chunks", Create.of(List.of(numbers)).withCoder(VarLongCoder.of()))
        .apply("Rows", ParDo.of(new RowsFn(rows / chunks, Math.max(1, rows / changes), version)))
        .setCoder(TableRowCoder.of());
  }
}
