package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.VacuumSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Optimize and vacuum while others write and read the same table. */
public class ServicesBesideWritersTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("current", ColumnType.BOOLEAN),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP));
  private static final OptimizeSettings CLUSTERED =
      OptimizeSettings.DEFAULT.withClusterBy(List.of("name", "from"));
  private static final int KEYS = 40;
  private static final int BATCHES = 5;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
  }

  private static TableSpec spec(String name) {
    return new TableSpec(
        name,
        SCHEMA,
        new LoadRule.Scd2(List.of("id"), List.of("name"), "from", "to", "current", 1L << 50),
        4,
        Map.of());
  }

  private void merge(String name, int batch) {
    List<TableRow> rows = new ArrayList<>();
    for (long id = 0; id < KEYS; id++) {
      rows.add(
          Rows.put(name, SCHEMA, batch, id, "name" + batch + "-" + id, null, 1_000L * batch, null));
    }
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rows).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(spec(name)))
                .withTransaction("test", batch));
    pipeline.run().waitUntilFinish();
  }

  /** SCD2 rewrites every file with a version that it closes: the hardest neighbour there is. */
  @Test
  public void mergesAndOptimizeGiveWayToEachOtherAndLoseNothing() throws Exception {
    DeltaTable table = DeltaTable.create(lake, spec("busy"));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService services = Executors.newSingleThreadExecutor();
    int optimized = 0;
    try {
      Future<Integer> optimize =
          services.submit(
              () -> {
                int commits = 0;
                for (long seen = -1; !done.get(); seen = table.latest().version()) {
                  awaitVersionAfter(seen, table, done);
                  commits += table.optimize(OptimizeSettings.DEFAULT).result().commits();
                  commits += table.optimize(CLUSTERED).result().commits();
                  table.vacuum(VacuumSettings.DEFAULT);
                }
                return commits;
              });
      for (int batch = 1; batch <= BATCHES; batch++) {
        merge("busy", batch);
      }
      done.set(true);
      optimized = optimize.get();
    } finally {
      done.set(true);
      services.shutdown();
    }
    for (int batch = 1; batch <= BATCHES; batch++) {
      merge("calm", batch);
    }

    assertThat(optimized, is(greaterThan(0)));
    assertThat(Rows.read(table.latest()), is(Rows.read(DeltaTable.of(lake, "calm").latest())));
    assertThat(Rows.read(table.latest()).size(), is(KEYS * BATCHES));
  }

  private static void awaitVersionAfter(long version, DeltaTable table, AtomicBoolean done) {
    while (!done.get() && table.latest().version() == version) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  public void readersSeeWholeVersionsWhileFilesAreFoldedAndDeleted() throws Exception {
    DeltaTable table = DeltaTable.of(lake, "read");
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService services = Executors.newSingleThreadExecutor();
    try {
      Future<?> service =
          services.submit(
              () -> {
                while (!done.get()) {
                  if (table.exists()) {
                    table.optimize(OptimizeSettings.DEFAULT);
                    table.vacuum(VacuumSettings.DEFAULT);
                  }
                }
              });
      for (long i = 0; i < 30; i++) {
        table.append(SCHEMA, List.<Object[]>of(new Object[] {i, "n", true, i, i}).iterator());
        assertThat(new TreeSet<>(Rows.read(table.latest(), "id")).size(), is((int) i + 1));
      }
      done.set(true);
      service.get();
    } finally {
      done.set(true);
      services.shutdown();
    }
    assertThat(Rows.read(table.latest(), "id").size(), is(30));
  }
}
