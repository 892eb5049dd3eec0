package dev.larder.peers.bench;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableChangesCoder;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.transforms.vault.LoadTable;
import dev.larder.transforms.vault.VaultTables;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.TypeDescriptor;
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
        .apply(
            "Changes",
            MapElements.into(TypeDescriptor.of(TableChanges.class))
                .via(chunk -> new Chunk(chunk, chunks, rows / step, step, version)))
        .setCoder(TableChangesCoder.of())
        .apply(
            "Load the satellite",
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(satellite))
                .withTransaction("bench", version)
                .made(RowMaker.ofGroups(LoadTable.of(vault, Customers.SATELLITE).rows())));
    pipeline.run().waitUntilFinish();
  }

  /** Some of the changes, made while they are used, as those of bronze are read. */
  private record Chunk(long number, long chunks, long count, long step, int version)
      implements TableChanges, Serializable {
    @Override
    public TableSchema table() {
      return Customers.TABLE;
    }

    @Override
    public void forEach(Consumer<ChangeRecord> out) {
      for (long i = number * count / chunks; i < (number + 1) * count / chunks; i++) {
        out.accept(Customers.change(i * step, version));
      }
    }
  }
}
