package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Arrival;
import dev.larder.io.changes.ArrivalCoder;
import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.Chain;
import dev.larder.transforms.SourceFake;
import dev.larder.transforms.bronze.BronzeRows;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Rule;
import org.junit.Test;

public class LoadVaultTest {
  private static final VaultTables TABLES = VaultTables.of(Chain.model(), Chain.catalogue(), 4);

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static ChangeRecord order(int step, String country, Long number, String unit) {
    Object[] row = {
      (long) step, country, unit, number, "new", "web", new BigDecimal("20.00"), "EUR", 0L, 0L
    };
    return new ChangeRecord(
        Chain.table(Chain.ORDERS),
        Operation.CREATE,
        null,
        row,
        SourceFake.committedAt(step),
        SourceFake.sequence(step),
        Origin.LOG,
        new LogPlace("pos.pos.orders", 0, step));
  }

  private static List<TableRow> staged(ChangeRecord... changes) {
    List<TableRow> rows = new ArrayList<>();
    VaultStager stager = new VaultStager(TABLES);
    for (ChangeRecord change : changes) {
      stager.stage(
          change,
          new StagedRows() {
            @Override
            public void row(TableRow row) {
              rows.add(row);
            }

            @Override
            public void reject(String reason) {
              throw new AssertionError(reason);
            }
          });
    }
    return rows;
  }

  private PCollectionTuple load(ChangeRecord... changes) {
    return pipeline
        .apply(Create.of(List.of(changes)).withCoder(ChangeRecordCoder.of()))
        .apply("Load vault", LoadVault.into(TABLES));
  }

  private static long counter(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(LoadVault.class, name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }

  @Test
  public void givesTheRowsThatTheStagerStages() {
    ChangeRecord change = order(1, "DE", 1001L, "00012");

    PCollectionTuple loaded = load(change);

    PAssert.that(loaded.get(LoadVault.ROWS)).containsInAnyOrder(staged(change));
    PAssert.that(loaded.get(LoadVault.DEAD_LETTERS)).empty();
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, MetricNames.RECORDS_STAGED), is(1L));
    assertThat(counter(result, MetricNames.ROWS_STAGED), is(6L));
  }

  @Test
  public void givesRowsAndLettersInOneCollectionIfAskedTo() {
    ChangeRecord good = order(1, "DE", 1001L, "00012");
    ChangeRecord keyless = order(2, null, null, "00012");

    PCollection<TableRow> loaded =
        pipeline
            .apply(Create.of(List.of(good, keyless)).withCoder(ChangeRecordCoder.of()))
            .apply("Load vault", LoadVault.into(TABLES).together());

    PAssert.that(tablesOf(loaded))
        .satisfies(
            tables -> {
              assertThat(tables, hasItem(DeadLetter.TABLE));
              assertThat(tables, hasItem("vault/hub_order"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void bronzeKeepsEveryArrivalAndTheVaultThoseOfLiveTables() {
    ChangeRecord live = order(1, "DE", 1001L, "00012");
    ChangeRecord waiting =
        ChangeRecord.read(
            Chain.schema("pos.logins", "id", "id int!"), new Object[] {1L}, 0, Sequence.BEGINNING);
    DeadLetter letter = new DeadLetter("pos", null, null, "decode", "broken", null, null, 0);
    List<TableRow> expected = new ArrayList<>(staged(live));
    BronzeRows bronze = new BronzeRows();
    expected.add(bronze.row(live));
    expected.add(bronze.row(waiting));
    expected.add(letter.row());

    PCollection<TableRow> rows =
        pipeline
            .apply(
                Create.of(List.of(Arrival.of(live), Arrival.of(waiting), Arrival.of(letter)))
                    .withCoder(ArrivalCoder.of()))
            .apply(LoadArrivals.into(TABLES, List.of(live.table().id())));

    PAssert.that(rows).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<String> tablesOf(PCollection<TableRow> rows) {
    return rows.apply(MapElements.into(TypeDescriptors.strings()).via(TableRow::table));
  }

  @Test
  public void sendsARowWithoutABusinessKeyToTheDeadLetters() {
    PCollectionTuple loaded = load(order(1, null, null, "00012"));

    DeadLetter letter =
        new DeadLetter(
            "pos",
            "orders",
            new LogPlace("pos.pos.orders", 0, 1),
            "hash",
            "No business key for hub \"order\" in a row of pos.orders: country, number are all NULL"
                + " or empty. Mend the row, or set when_null: unknown in tables.pos.orders.order if"
                + " rows without it are meant.",
            "id=1".getBytes(StandardCharsets.UTF_8),
            null,
            SourceFake.committedAt(1));
    PAssert.that(loaded.get(LoadVault.DEAD_LETTERS)).containsInAnyOrder(letter.row());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, MetricNames.RECORDS_DEAD_LETTERED), is(1L));
  }

  @Test
  public void countsChangesOfTablesThatTheModelDoesNotHave() {
    ChangeRecord other =
        ChangeRecord.read(
            Chain.schema("pos.logins", "id", "id int!"), new Object[] {1L}, 0, Sequence.BEGINNING);

    PCollectionTuple loaded = load(other);

    PAssert.that(loaded.get(LoadVault.ROWS)).empty();
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, MetricNames.RECORDS_IGNORED), is(1L));
  }

  @Test
  public void oneTableIsLoadedByItself() {
    ChangeRecord first = order(1, "DE", 7L, "00012");
    ChangeRecord second = order(2, "DE", 8L, "00012");
    String table = "vault/hub_order";

    PAssert.that(
            pipeline
                .apply(Create.of(first, second).withCoder(ChangeRecordCoder.of()))
                .apply("Load orders", LoadTable.of(TABLES, table)))
        .containsInAnyOrder(
            staged(first, second).stream().filter(row -> row.table().equals(table)).toList());
    pipeline.run();
  }
}
