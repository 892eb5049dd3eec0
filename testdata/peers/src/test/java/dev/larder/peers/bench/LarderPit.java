package dev.larder.peers.bench;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.transforms.snapshot.BuildPit;
import dev.larder.transforms.snapshot.PitSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Larder's side of a point-in-time table: {@code LarderPit LAKE make KEYS} makes a hub and three
 * satellites, which both sides read; every other key has a second version in each, at some hour of
 * 30 days. {@code LarderPit LAKE build KEYS DAYS} builds the PIT of midnights.
 */
public final class LarderPit {
  static final String HUB = "vault/hub_customer";
  static final List<String> SATELLITES =
      List.of("vault/sat_customer_0", "vault/sat_customer_1", "vault/sat_customer_2");

  private static final String PIT = "vault/pit_customer";
  private static final String KEY = "customer_hk";
  private static final String LOADED_AT = "_loaded_at";
  private static final String AS_OF = "as_of";
  private static final int KEYS_A_CHUNK = 100_000;
  private static final long HOUR = 3_600_000_000L;
  private static final int HOURS = 30 * 24;

  private static final RowSchema HUB_COLUMNS =
      RowSchema.of(Column.required(KEY, ColumnType.BINARY));
  private static final RowSchema SATELLITE_COLUMNS =
      RowSchema.of(
          Column.required(KEY, ColumnType.BINARY),
          Column.required(LOADED_AT, ColumnType.TIMESTAMP),
          Column.nullable("name", ColumnType.STRING));

  private LarderPit() {}

  public static void main(String[] args) {
    long keys = Long.parseLong(args[2]);
    if (args[1].equals("make")) {
      make(args[0], keys);
      return;
    }
    int days = Integer.parseInt(args[3]);
    Gauge gauge = new Gauge();
    build(args[0], keys, days);
    gauge.print(
        String.format(
            Locale.ROOT, "larder pit rowsPerSecond=%.0f", keys * days / gauge.wallSeconds()));
  }

  private static void build(String lake, long keys, int days) {
    List<Instant> midnights = new ArrayList<>();
    for (int day = 1; day <= days; day++) {
      midnights.add(Instant.EPOCH.plus(Customers.START + day * Customers.DAY, ChronoUnit.MICROS));
    }
    PitSpec.Version stored = new PitSpec.Version(KEY, LOADED_AT);
    List<PitSpec.Satellite> satellites = new ArrayList<>();
    for (int i = 0; i < SATELLITES.size(); i++) {
      PitSpec.Version columns = new PitSpec.Version("s" + i + "_pk", "s" + i + "_ldts");
      satellites.add(new PitSpec.Satellite(SATELLITES.get(i), stored, columns));
    }
    PitSpec pit =
        new PitSpec(
            PIT,
            new PitSpec.Parent(HUB, KEY, KEY),
            AS_OF,
            satellites,
            new PitSpec.Absent("00".repeat(32), -2_208_988_800_000_000L, ""),
            new PitSpec.Types(ColumnType.BINARY, ColumnType.TIMESTAMP));
    Pipeline pipeline = LarderAppend.directPipeline();
    PCollectionList.of(
            pipeline.apply(
                "Hub", DeltaIO.readRows().from(lake, HUB).withColumns(List.of(KEY)).groups()))
        .and(
            pipeline.apply(
                "Satellites",
                DeltaIO.readRows()
                    .from(lake, SATELLITES)
                    .withColumns(List.of(KEY, LOADED_AT))
                    .groups()))
        .apply("All", Flatten.pCollections())
        .apply(
            "Build PIT", BuildPit.of(pit, midnights).withRanges((int) Math.max(2, keys / 250_000)))
        .apply(
            "Write",
            DeltaIO.writeRows()
                .to(lake)
                .withTables(
                    List.of(new TableSpec(PIT, pit.schema(), new LoadRule.Append(), 1, Map.of())))
                .withTransaction("pit", 0)
                .groups());
    pipeline.run().waitUntilFinish();
  }

  private static void make(String lake, long keys) {
    long chunks = Math.max(2, keys / KEYS_A_CHUNK);
    Pipeline pipeline = LarderAppend.directPipeline();
    pipeline
        .apply(
            "Chunks",
            Create.of(LongStream.range(0, chunks).boxed().toList()).withCoder(VarLongCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Make", ParDo.of(new MakeFn(keys, chunks)))
        .setCoder(TableRowCoder.of())
        .apply("Append", DeltaIO.writeRows().to(lake).withTransaction("make", 0));
    pipeline.run().waitUntilFinish();
  }

  private static final class MakeFn extends DoFn<Long, TableRow> {
    private static final long serialVersionUID = 1L;
    private final long keys;
    private final long chunks;

    MakeFn(long keys, long chunks) {
      this.keys = keys;
      this.chunks = chunks;
    }

    @ProcessElement
    public void process(@Element Long chunk, OutputReceiver<TableRow> out) {
      for (long key = chunk * keys / chunks; key < (chunk + 1) * keys / chunks; key++) {
        rows(key).forEach(out::output);
      }
    }

    private static Stream<TableRow> rows(long key) {
      Object[] all = Satellite.row(key, 0);
      List<TableRow> rows = new ArrayList<>();
      rows.add(row(HUB, HUB_COLUMNS, all[0]));
      for (int i = 0; i < SATELLITES.size(); i++) {
        rows.add(row(SATELLITES.get(i), SATELLITE_COLUMNS, all[0], Customers.START, all[2]));
        if ((key + i) % 2 == 0) {
          long changed = Customers.START + (key * 7919 + i) % HOURS * HOUR + 1;
          rows.add(row(SATELLITES.get(i), SATELLITE_COLUMNS, all[0], changed, all[2]));
        }
      }
      return rows.stream();
    }

    private static TableRow row(String table, RowSchema columns, Object... values) {
      return TableRow.put(table, columns, values, Sequence.BEGINNING);
    }
  }
}
