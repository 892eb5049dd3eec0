package dev.larder.peers.bench;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.transforms.vault.LoadTable;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Larder's side of a satellite: {@code LarderVault LAKE ROWS STEP VERSION BUCKETS direct|spark}
 * loads the changes of every STEP-th customer into the satellite: hashed by {@link LoadTable},
 * merged by its rule.
 */
public final class LarderVault {
  private static final int CHANGES_A_CHUNK = 10_000;

  private LarderVault() {}

  public static void main(String[] args) {
    long rows = Long.parseLong(args[1]);
    long step = Long.parseLong(args[2]);
    int version = Integer.parseInt(args[3]);
    VaultTables vault = Customers.vault(Integer.parseInt(args[4]));
    Gauge gauge = new Gauge();
    if (args[5].equals("direct")) {
      load(LarderAppend.directPipeline(), args[0], vault, rows, step, version);
    } else {
      try (JavaSparkContext context = LarderAppend.context()) {
        load(LarderAppend.sparkPipeline(context), args[0], vault, rows, step, version);
      }
    }
    gauge.print(
        String.format(
            Locale.ROOT, "larder satellite rowsPerSecond=%.0f", rows / step / gauge.wallSeconds()));
  }

  private static void load(
      Pipeline pipeline, String lake, VaultTables vault, long rows, long step, int version) {
    long chunks = Math.max(2, rows / step / CHANGES_A_CHUNK);
    List<Long> numbers = new ArrayList<>(LongStream.range(0, chunks).boxed().toList());
    TableSpec satellite =
        vault.specs().stream()
            .filter(spec -> spec.name().equals(Customers.SATELLITE))
            .findFirst()
            .orElseThrow();
    pipeline
        .apply("Chunks", Create.of(numbers).withCoder(VarLongCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Changes", ParDo.of(new ChangesFn(rows / step, step, version, chunks)))
        .setCoder(ChangeRecordCoder.of())
        .apply("Load the satellite", LoadTable.of(vault, Customers.SATELLITE))
        .apply(
            "Merge",
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(satellite))
                .withTransaction("bench", version));
    pipeline.run().waitUntilFinish();
  }

  private static final class ChangesFn extends DoFn<Long, ChangeRecord> {
    private static final long serialVersionUID = 1L;
    private final long count;
    private final long step;
    private final int version;
    private final long chunks;

    ChangesFn(long count, long step, int version, long chunks) {
      this.count = count;
      this.step = step;
      this.version = version;
      this.chunks = chunks;
    }

    @ProcessElement
    public void process(@Element Long chunk, OutputReceiver<ChangeRecord> out) {
      for (long i = chunk * count / chunks; i < (chunk + 1) * count / chunks; i++) {
        out.output(Customers.change(i * step, version));
      }
    }
  }
}
