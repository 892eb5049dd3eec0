package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Arrival;
import dev.larder.io.changes.ArrivalCoder;
import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.transforms.Chain;
import dev.larder.transforms.SourceFake;
import dev.larder.transforms.model.VaultModelReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;

public class LatePoliciesTest {
  private static final String SATELLITE = "vault/sat_order_pos";

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static VaultTables tables(String policy) {
    return VaultTables.of(
        VaultModelReader.read(
            "vault.yaml",
            Chain.yaml().replace("of: order, columns", "of: order, late: " + policy + ", columns")),
        Chain.catalogue(),
        4);
  }

  private static ChangeRecord order(int step, String state, long offset) {
    Object[] row = {1L, "DE", "00012", 1001L, state, "web", new BigDecimal("20.00"), "EUR", 0L, 0L};
    return new ChangeRecord(
        Chain.table(Chain.ORDERS),
        Operation.CREATE,
        null,
        row,
        SourceFake.committedAt(step),
        SourceFake.sequence(step),
        Origin.LOG,
        new LogPlace("pos.pos.orders", 0, offset));
  }

  private static List<TableRow> staged(VaultTables tables, ChangeRecord change) {
    List<TableRow> rows = new ArrayList<>();
    VaultStager.of(tables, SATELLITE)
        .stage(
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
    return rows;
  }

  /**
   * The lake has the version that a change was; other columns than those asked for are not read.
   */
  private static LoadVault.Stored has(VaultTables tables, ChangeRecord change) {
    List<TableRow> stored = new ArrayList<>();
    for (TableRow row : staged(tables, change)) {
      RowSchema schema =
          RowSchema.of(
              row.schema().columns().stream()
                  .filter(column -> List.of("order_hk", "hashdiff", "_seq").contains(column.name()))
                  .toList());
      Object[] values =
          schema.names().stream().map(name -> row.values()[row.schema().position(name)]).toArray();
      stored.add(TableRow.put(row.table(), schema, values, row.order()));
    }
    return (pipeline, table, columns) -> {
      assertThat(columns, containsInAnyOrder("order_hk", "hashdiff", "_seq"));
      return pipeline.apply("Lake", Create.of(stored).withCoder(TableRowCoder.of()));
    };
  }

  private void isLoaded(PCollection<TableRow> all, List<TableRow> expected) {
    List<String> texts = expected.stream().map(LatePoliciesTest::text).sorted().toList();
    PAssert.that(all)
        .satisfies(
            rows -> {
              List<String> found =
                  StreamSupport.stream(rows.spliterator(), false)
                      .filter(
                          row ->
                              row.table().equals(SATELLITE) || row.table().equals(DeadLetter.TABLE))
                      .map(LatePoliciesTest::text)
                      .sorted()
                      .toList();
              assertThat(found, is(texts));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static String text(TableRow row) {
    return row + Arrays.deepToString(row.values());
  }

  private static DeadLetter letter(ChangeRecord change, String step, String policy, String remedy) {
    return new DeadLetter(
        "pos",
        "orders",
        change.place(),
        step,
        SATELLITE
            + " had a newer version of the row's key when it came, and the model says late: "
            + policy
            + ". "
            + remedy,
        "id=1".getBytes(StandardCharsets.UTF_8),
        null,
        change.committedAt());
  }

  @Test
  public void aRejectedRowHasALetterInItsStead() {
    VaultTables tables = tables("reject");
    ChangeRecord late = order(3, "paid", 8);
    ChangeRecord inTime = order(7, "done", 9);
    List<TableRow> expected = new ArrayList<>();
    expected.add(
        letter(
                late,
                "rejected",
                "reject",
                "It is in bronze; to take such rows, say late: insert and run larder backfill.")
            .row());
    expected.addAll(staged(tables, inTime));

    isLoaded(
        pipeline
            .apply(Create.of(Arrival.of(late), Arrival.of(inTime)).withCoder(ArrivalCoder.of()))
            .apply(
                LoadArrivals.into(tables, List.of(late.table().id()))
                    .with(LatePolicies.of(has(tables, order(5, "new", 7)), List.of()))),
        expected);
  }

  @Test
  public void aRowInQuarantineMayBeReplayed() {
    VaultTables tables = tables("quarantine");
    ChangeRecord late = order(3, "paid", 8);

    PCollectionTuple loaded =
        pipeline
            .apply(Create.of(late).withCoder(ChangeRecordCoder.of()))
            .apply(
                LoadVault.into(tables)
                    .with(LatePolicies.of(has(tables, order(5, "new", 7)), List.of())));

    PAssert.that(loaded.get(LoadVault.DEAD_LETTERS))
        .containsInAnyOrder(
            letter(late, "late", "quarantine", "larder replay puts it into its place.").row());
    isLoaded(loaded.get(LoadVault.ROWS), List.of());
  }

  @Test
  public void whatIsReplayedTakesItsPlace() {
    VaultTables tables = tables("quarantine");
    ChangeRecord late = order(3, "paid", 8);

    isLoaded(
        pipeline
            .apply(Create.of(late).withCoder(ChangeRecordCoder.of()))
            .apply(
                LoadVault.into(tables)
                    .with(
                        LatePolicies.of(
                            has(tables, order(5, "new", 7)), List.of(late.place().toString())))
                    .together()),
        staged(tables, late));
  }

  @Test
  public void withoutAPolicyNothingIsJudged() {
    VaultTables tables = tables("insert");
    ChangeRecord late = order(3, "paid", 8);

    isLoaded(
        pipeline
            .apply(Create.of(late).withCoder(ChangeRecordCoder.of()))
            .apply(
                LoadVault.into(tables)
                    .with(
                        LatePolicies.of(
                            (any, table, columns) -> {
                              throw new AssertionError("read " + table);
                            },
                            List.of()))
                    .together()),
        staged(tables, late));
  }
}
