package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import java.io.File;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two applications load the same events into the same tables at once; one would have done. */
public class TwoLoadersTest {
  private static final long DAY = 86_400_000_000L;
  private static final long OPEN = 100_000 * DAY;
  private static final int EVENTS = 120;
  private static final int BATCHES = 3;
  private static final List<String> KEY = List.of("key");
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.INT),
          Column.nullable("member", ColumnType.STRING),
          Column.nullable("at", ColumnType.INT),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN),
          Column.nullable("counter", ColumnType.INT),
          Column.nullable("source", ColumnType.STRING));

  /** A rule and what may be sent to its tables. */
  private record Kind(LoadRule rule, Set<Change> changes) {
    String table() {
      return "vault/" + rule.getClass().getSimpleName();
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(new LoadRule.InsertIfAbsent(KEY), EnumSet.of(Change.PUT)),
          new Kind(
              new LoadRule.InsertIfChanged(KEY, "at", List.of("name")),
              EnumSet.of(Change.PUT, Change.DELETE_ALL)),
          new Kind(
              new LoadRule.InsertIfSetChanged(KEY, List.of("member"), "at", List.of("name")),
              EnumSet.of(Change.PUT)),
          new Kind(
              new LoadRule.Effectivity(
                  KEY,
                  List.of("member"),
                  "at",
                  "from",
                  "to",
                  OPEN,
                  LoadRule.Others.CLOSE,
                  List.of("source")),
              EnumSet.allOf(Change.class)),
          new Kind(
              new LoadRule.Countered(KEY, List.of("name"), "at", "counter", List.of("source")),
              EnumSet.of(Change.PUT, Change.DELETE)),
          new Kind(new LoadRule.Latest(KEY, "at", "current"), EnumSet.allOf(Change.class)),
          new Kind(
              new LoadRule.Scd2(KEY, List.of("name"), "from", "to", "current", OPEN),
              EnumSet.allOf(Change.class)));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static List<TableRow> batch(int batch) {
    List<TableRow> rows = new ArrayList<>();
    for (int seq = batch * EVENTS / BATCHES; seq < (batch + 1) * EVENTS / BATCHES; seq++) {
      for (Kind kind : KINDS) {
        event(kind, seq, rows);
      }
    }
    return rows;
  }

  private static void event(Kind kind, int seq, List<TableRow> out) {
    Random random = new Random(seq);
    Change change = Change.PUT;
    if (seq % 5 == 4 && kind.changes.contains(Change.DELETE)) {
      change = Change.DELETE;
    } else if (seq % 50 == 30 && kind.changes.contains(Change.DELETE_ALL)) {
      change = Change.DELETE_ALL;
    }
    Long key = change == Change.DELETE_ALL ? null : (long) random.nextInt(8);
    String name = change == Change.PUT ? "n" + random.nextInt(3) : "gone";
    boolean hasMembers =
        kind.rule instanceof LoadRule.InsertIfSetChanged
            || kind.rule instanceof LoadRule.Effectivity;
    int members = hasMembers && change == Change.PUT ? 1 + random.nextInt(2) : 1;
    for (int member = 0; member < members; member++) {
      Object[] values = {
        key,
        "m" + (random.nextInt(2) + member * 2),
        (long) seq,
        name,
        seq * DAY,
        null,
        null,
        null,
        "s" + seq
      };
      out.add(new TableRow(kind.table(), SCHEMA, values, Rows.seq(seq), change));
    }
  }

  private static void load(String lake, String application, int batch, List<TableRow> rows) {
    List<TableSpec> specs =
        KINDS.stream()
            .map(kind -> new TableSpec(kind.table(), SCHEMA, kind.rule, 2, Map.of()))
            .toList();
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rows).withCoder(TableRowCoder.of()))
        .apply(DeltaIO.mergeRows().to(lake).withTables(specs).withTransaction(application, batch));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void twoApplicationsThatLoadTheSameGiveWhatOneGives() throws Exception {
    File two = folder.newFolder("two");
    File one = folder.newFolder("one");
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService loaders = Executors.newFixedThreadPool(2);
    List<Future<Void>> running = new ArrayList<>();
    for (String application : List.of("a", "b")) {
      Callable<Void> loader =
          () -> {
            for (int batch = 0; batch < BATCHES; batch++) {
              together.await();
              load(two.getPath(), application, batch, batch(batch));
            }
            return null;
          };
      running.add(loaders.submit(loader));
    }
    for (Future<Void> loader : running) {
      loader.get();
    }
    loaders.shutdown();
    List<TableRow> all = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      all.addAll(batch(batch));
    }
    load(one.getPath(), "a", 0, all);

    for (Kind kind : KINDS) {
      List<String> stored = stored(one, kind);
      assertThat(kind.table(), stored(two, kind), is(stored));
      assertThat(kind.table(), stored, is(not(List.of())));
    }
  }

  private static List<String> stored(File lake, Kind kind) {
    return Rows.read(DeltaTable.of(lake.getPath(), kind.table()).latest());
  }
}
