package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Another writer commits between the merge of a batch's parts and its commit: the result is as if
 * the batch ran after the other.
 */
public class ConflictTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.INT),
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final List<String> KEY = List.of("key");
  private static final long END = 1_000_000;
  private static final LoadRule ABSENT = new LoadRule.InsertIfAbsent(KEY);
  private static final LoadRule CHANGED = new LoadRule.InsertIfChanged(KEY, "at", List.of("name"));
  private static final LoadRule SCD2 =
      new LoadRule.Scd2(KEY, List.of("name"), "at", "to", "current", END);
  private static final LoadRule LATEST = new LoadRule.Latest(KEY, "at");
  private static final List<LoadRule> RULES = List.of(ABSENT, CHANGED, SCD2, LATEST);
  private static final int BUCKETS = 4;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ExecutorService workers = Executors.newFixedThreadPool(2);

  @After
  public void stop() {
    workers.shutdownNow();
  }

  private String lake() {
    return folder.getRoot().toString();
  }

  private static String table(LoadRule rule) {
    return rule.getClass().getSimpleName();
  }

  private LoadPlan plan(LoadRule rule, String appId, long batch) {
    TableSpec spec = new TableSpec(table(rule), SCHEMA, rule, BUCKETS, Map.of());
    return LoadPlan.of(LoadPlan.Undeclared.REFUSE)
        .withLake(lake())
        .withTables(List.of(spec))
        .withTransaction(appId, batch);
  }

  private static TableRow put(LoadRule rule, long key, long at, String name) {
    return Rows.put(table(rule), SCHEMA, at, key, at, name, null, null);
  }

  private static TableCommit load(LoadPlan plan, List<TableRow> rows) {
    String table = rows.get(0).table();
    return new TableCommitter(plan, table).commit(MergedBatch.parts(plan, rows));
  }

  private TableLog log(LoadRule rule) {
    return DeltaLogs.of(lake(), table(rule));
  }

  private List<String> stored(LoadRule rule) {
    DeltaSnapshot latest = DeltaTable.of(lake(), table(rule)).latest();
    return rule == SCD2
        ? Rows.read(latest, "key", "at", "name", "to")
        : Rows.read(latest, "key", "at", "name");
  }

  /** As OPTIMIZE of another engine: all rows in one file without a bucket. */
  private void optimize(LoadRule rule) {
    TableState state = log(rule).latest().orElseThrow();
    LogCommit commit = new LogCommit(TableOperation.OPTIMIZE, SCHEMA);
    commit.foldedAway.addAll(state.files());
    commit.folded.addAll(rewrite(rule, row -> true));
    log(rule).commit(commit);
  }

  /** As DELETE of another engine: files are rewritten without the rows. */
  private void delete(LoadRule rule, long key) {
    TableState state = log(rule).latest().orElseThrow();
    LogCommit commit = new LogCommit(TableOperation.WRITE, SCHEMA);
    commit.reads(DataFile.ANY_BUCKET, state.version());
    commit.removed.addAll(state.files());
    commit.added.addAll(rewrite(rule, row -> !row[0].equals(key)));
    log(rule).commit(commit);
  }

  private List<DataFile> rewrite(LoadRule rule, Predicate<Object[]> stays) {
    TableState state = log(rule).latest().orElseThrow();
    return new TableFiles(log(rule).store())
        .rewrite(state.files(), SCHEMA, DataFile.ANY_BUCKET, stays);
  }

  private void append(LoadRule rule, Object... row) {
    LogCommit commit = new LogCommit(TableOperation.WRITE, SCHEMA);
    commit.added.addAll(
        new TableFiles(log(rule).store())
            .write(SCHEMA, DataFile.ANY_BUCKET, List.<Object[]>of(row).iterator()));
    log(rule).commit(commit);
  }

  private interface Foreign {
    void write(LoadRule rule);
  }

  /** Commits a batch after the other writer; returns how many parts had to be merged again. */
  private int batchBehind(LoadRule rule, Foreign foreign) {
    load(
        plan(rule, "a", 0),
        List.of(put(rule, 1, 1, "x"), put(rule, 2, 1, "x"), put(rule, 3, 1, "x")));
    LoadPlan plan = plan(rule, "a", 1);
    List<PartResult> parts =
        MergedBatch.parts(
            plan, List.of(put(rule, 1, 5, "y"), put(rule, 2, 5, "y"), put(rule, 4, 5, "y")));
    foreign.write(rule);
    TableCommitter committer = new TableCommitter(plan, table(rule));
    committer.commit(parts);
    return committer.partsMergedAgain();
  }

  private static List<String> expected(LoadRule rule) {
    if (rule == ABSENT) {
      return List.of("[1, 1, x]", "[2, 1, x]", "[3, 1, x]", "[4, 5, y]");
    } else if (rule == CHANGED) {
      return List.of("[1, 1, x]", "[1, 5, y]", "[2, 1, x]", "[2, 5, y]", "[3, 1, x]", "[4, 5, y]");
    } else if (rule == SCD2) {
      return List.of(
          "[1, 1, x, 5]",
          "[1, 5, y, 1000000]",
          "[2, 1, x, 5]",
          "[2, 5, y, 1000000]",
          "[3, 1, x, 1000000]",
          "[4, 5, y, 1000000]");
    }
    return List.of("[1, 5, y]", "[2, 5, y]", "[3, 1, x]", "[4, 5, y]");
  }

  @Test
  public void anotherEnginesCompactionIsMergedUpon() {
    for (LoadRule rule : RULES) {
      int again = batchBehind(rule, this::optimize);

      assertThat(table(rule), stored(rule), is(expected(rule)));
      assertThat(again > 0, is(rule == SCD2 || rule == LATEST));
    }
  }

  @Test
  public void rowsThatAnotherWriterAppendedAreSeen() {
    for (LoadRule rule : RULES) {
      int again = batchBehind(rule, each -> append(each, 4L, 4L, "y", END, true));

      List<String> expected = new ArrayList<>(expected(rule));
      expected.remove(expected.size() - 1);
      expected.add(
          rule == LATEST ? "[4, 5, y]" : rule == SCD2 ? "[4, 4, y, 1000000]" : "[4, 4, y]");
      assertThat(table(rule), stored(rule), is(expected));
      assertThat(again, is(greaterThan(0)));
    }
  }

  @Test
  public void rowsThatAnotherWriterDeletedAreNotThere() {
    for (LoadRule rule : RULES) {
      int again = batchBehind(rule, each -> delete(each, 1));

      List<String> expected = new ArrayList<>(expected(rule));
      expected.removeIf(row -> row.startsWith("[1, 1"));
      if (rule == ABSENT) {
        expected.add(0, "[1, 5, y]");
      }
      assertThat(table(rule), stored(rule), is(expected));
      assertThat(again, is(greaterThan(0)));
    }
  }

  @Test
  public void aTableThatAnotherMadeAtTheSameTimeIsMergedInto() {
    for (LoadRule rule : RULES) {
      LoadPlan first = plan(rule, "a", 0);
      List<PartResult> parts = MergedBatch.parts(first, List.of(put(rule, 1, 1, "x")));
      load(plan(rule, "b", 0), List.of(put(rule, 1, 1, "x"), put(rule, 2, 1, "x")));

      new TableCommitter(first, table(rule)).commit(parts);

      assertThat(stored(rule), everyItem(startsWith("[")));
      assertThat(stored(rule).size(), is(2));
    }
  }

  @Test
  public void rowsDealtOutForOtherBucketsAreMergedAsOne() {
    for (LoadRule rule : RULES) {
      LoadPlan plan = plan(rule, "a", 1);
      List<PartResult> astray = new ArrayList<>();
      List<TableRow> rows = List.of(put(rule, 1, 5, "y"), put(rule, 2, 5, "y"));
      TableSpec other = new TableSpec(table(rule), SCHEMA, rule, 7, Map.of());
      LoadPlan declared = plan.withTables(List.of(other));
      Map<TablePart, List<BundlePart>> parts = MergedBatch.dealt(plan, rows);
      load(declared.withTransaction("a", 0), List.of(put(rule, 1, 1, "x"), put(rule, 2, 1, "x")));
      parts.forEach((part, blocks) -> astray.add(new PartMerge(plan, part).merge(blocks)));

      new TableCommitter(plan, table(rule)).commit(astray);

      List<String> expected = new ArrayList<>(expected(rule));
      expected.removeIf(row -> row.startsWith("[3") || row.startsWith("[4"));
      assertThat(table(rule), stored(rule), is(expected));
    }
  }

  @Test
  public void manyRowsWaitInAFileThatIsGoneAfterTheCommit() {
    String wide = "w".repeat(1 << 10);
    List<TableRow> rows = new ArrayList<>();
    for (long key = 0; key < 8 << 10; key++) {
      rows.add(put(LATEST, key, 1, wide + key));
    }
    load(plan(LATEST, "a", 0), rows);
    rows.replaceAll(
        row -> put(LATEST, (Long) row.values()[0], 2, wide + "again" + row.values()[0]));
    LoadPlan plan = plan(LATEST, "a", 1);
    List<PartResult> parts = MergedBatch.parts(plan, rows);
    assertThat(waiting().size(), is(BUCKETS));
    delete(LATEST, 77);

    new TableCommitter(plan, table(LATEST)).commit(parts);

    assertThat(waiting(), is(empty()));
    assertThat(Rows.read(DeltaTable.of(lake(), table(LATEST)).latest(), "at").size(), is(8 << 10));
    assertThat(
        Rows.read(DeltaTable.of(lake(), table(LATEST)).latest(), "at"), everyItem(is("[2]")));
  }

  private List<StoredFile> waiting() {
    return TableStores.of(lake(), table(LATEST)).list("_larder");
  }

  @Test
  public void aBatchThatWasCommittedMeanwhileIsNotMergedAgain() {
    load(plan(LATEST, "a", 0), List.of(put(LATEST, 1, 1, "x")));
    LoadPlan plan = plan(LATEST, "a", 1);
    List<PartResult> parts = MergedBatch.parts(plan, List.of(put(LATEST, 1, 5, "y")));
    new TableCommitter(plan, table(LATEST)).commit(parts);
    append(LATEST, 9L, 9L, "z", null, null);

    TableCommit repeated = new TableCommitter(plan, table(LATEST)).commit(parts);

    assertThat(repeated.alreadyCommitted(), is(true));
    assertThat(stored(LATEST), contains("[1, 5, y]", "[9, 9, z]"));
  }

  /** Two applications, each with keys of its own and keys that both write. */
  @Test
  public void twoMergersAtOnceLoseNothingAndDoubleNothing() throws Exception {
    for (LoadRule rule : List.of(CHANGED, LATEST)) {
      Map<Long, Map<Long, String>> model = new TreeMap<>();
      List<Future<?>> running = new ArrayList<>();
      for (int app = 0; app < 2; app++) {
        Random random = new Random(app);
        List<List<TableRow>> batches = new ArrayList<>();
        for (int batch = 0; batch < 50; batch++) {
          List<TableRow> rows = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            long key = random.nextInt(40);
            long at = 2L * (batch * 10 + i) + app;
            String name = app + " " + at;
            rows.add(put(rule, key, at, name));
            model.computeIfAbsent(key, any -> new TreeMap<>()).put(at, name);
          }
          batches.add(rows);
        }
        String appId = "app " + app;
        running.add(
            workers.submit(
                () -> {
                  for (int batch = 0; batch < batches.size(); batch++) {
                    load(plan(rule, appId, batch), batches.get(batch));
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }

      List<String> expected = new ArrayList<>();
      model.forEach(
          (key, versions) ->
              versions.forEach(
                  (at, name) -> {
                    boolean isLast = at.equals(((TreeMap<Long, String>) versions).lastKey());
                    if (rule == CHANGED || isLast) {
                      expected.add("[" + key + ", " + at + ", " + name + "]");
                    }
                  }));
      expected.sort(null);
      assertThat(table(rule), stored(rule), is(expected));
    }
  }

  @Test
  public void filesThatDoNotChangeStayWhereTheyAre() {
    load(plan(LATEST, "a", 0), List.of(put(LATEST, 1, 1, "x"), put(LATEST, 2, 1, "x")));
    List<String> before = paths();

    load(plan(LATEST, "a", 1), List.of(put(LATEST, 1, 0, "late"), put(LATEST, 2, 1, "x")));

    assertThat(paths(), is(before));
    try (RowIterator rows = DeltaTable.of(lake(), table(LATEST)).latest().rows()) {
      assertThat(rows.hasNext(), is(true));
    }
  }

  private List<String> paths() {
    return log(LATEST).latest().orElseThrow().files().stream()
        .map(DataFile::path)
        .sorted()
        .toList();
  }
}
