package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;

/** The changes after one version, applied to its rows, give the rows of every later version. */
class ReadChangesPropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT), Column.nullable("name", ColumnType.STRING));
  private static final RowSchema HISTORY =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("current", ColumnType.BOOLEAN),
          Column.nullable("start", ColumnType.TIMESTAMP),
          Column.nullable("end", ColumnType.TIMESTAMP));
  private static final List<TableSpec> SPECS =
      List.of(
          new TableSpec(
              "history",
              HISTORY,
              new LoadRule.Scd2(List.of("id"), List.of("name"), "start", "end", "current", 9_999L),
              3,
              Map.of()),
          new TableSpec("first", SCHEMA, new LoadRule.InsertIfAbsent(List.of("id")), 2, Map.of()));

  @Property(tries = 6)
  void commitsOfEveryKindReplay(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String lake = Files.createTempDirectory("changes").toString();
    DeltaTable table = DeltaTable.of(lake, "t");
    table.append(SCHEMA, rows(random).iterator());
    for (int i = 0; i < 8; i++) {
      commit(random, lake, table);
    }

    ReadChanges all = DeltaIO.readChanges().from(lake, "t");
    replays(lake, "t", random.nextBoolean() ? all : all.withKey("t", List.of("id")));
    delete(Path.of(lake));
  }

  @Property(tries = 2)
  void mergesReplay(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String lake = Files.createTempDirectory("changes").toString();
    for (int batch = 0; batch < 4; batch++) {
      merge(random, lake, batch);
    }

    replays(lake, "history", DeltaIO.readChanges().from(lake, "history"));
    replays(lake, "first", DeltaIO.readChanges().from(lake, "first"));
    delete(Path.of(lake));
  }

  private static List<Object[]> rows(Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      rows.add(new Object[] {(long) random.nextInt(5), "n" + random.nextInt(3)});
    }
    return rows;
  }

  private static void commit(Random random, String lake, DeltaTable table) {
    TableLog log = DeltaLogs.of(lake, "t");
    TableState state = log.latest().orElseThrow();
    if (state.files().isEmpty() || random.nextInt(3) == 0) {
      table.append(SCHEMA, rows(random).iterator());
      return;
    }
    List<DataFile> some = new ArrayList<>(state.files());
    java.util.Collections.shuffle(some, random);
    some = some.subList(0, 1 + random.nextInt(some.size()));
    TableFiles files = new TableFiles(log.store());
    LogCommit commit = new LogCommit(TableOperation.MERGE, SCHEMA);
    commit.readVersion = state.version();
    switch (random.nextInt(4)) {
      case 0 -> commit.removed.addAll(some);
      case 1 -> {
        commit.foldedAway.addAll(some);
        commit.folded.addAll(files.rewrite(some, SCHEMA, DataFile.ANY_BUCKET, row -> true));
        commit.added.addAll(files.write(SCHEMA, DataFile.ANY_BUCKET, rows(random).iterator()));
      }
      default -> {
        commit.removed.addAll(some);
        commit.added.addAll(
            files.rewrite(some, SCHEMA, DataFile.ANY_BUCKET, row -> random.nextInt(3) > 0));
        commit.added.addAll(files.write(SCHEMA, DataFile.ANY_BUCKET, rows(random).iterator()));
      }
    }
    log.commit(commit);
  }

  private static void merge(Random random, String lake, long batch) {
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      long id = random.nextInt(5);
      long order = 1 + batch * 100 + i;
      String name = "n" + random.nextInt(3);
      rows.add(Rows.put("history", HISTORY, order, id, name, null, order, null));
      rows.add(Rows.put("first", SCHEMA, order, id + 3 * batch, name));
    }
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rows).withCoder(TableRowCoder.of()))
        .apply(DeltaIO.mergeRows().to(lake).withTables(SPECS).withTransaction("t", batch));
    pipeline.run().waitUntilFinish();
  }

  private static void replays(String lake, String table, ReadChanges read) {
    Pipeline pipeline = Pipeline.create();
    PAssert.that(pipeline.apply(read.afterVersion(-1)))
        .satisfies(
            changes -> {
              replay(DeltaTable.of(lake, table), changes);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static void replay(DeltaTable table, Iterable<TableRow> changes) {
    List<TableRow> inOrder = new ArrayList<>();
    changes.forEach(inOrder::add);
    inOrder.sort(Comparator.comparing(TableRow::order));
    List<String> bag = new ArrayList<>();
    int next = 0;
    for (long version = 0; version <= table.latest().version(); version++) {
      while (next < inOrder.size() && inOrder.get(next).order().position() == version) {
        apply(bag, inOrder.get(next));
        next++;
      }
      bag.sort(null);
      assertThat("version " + version, bag, is(texts(table.at(version))));
    }
    assertThat(next, is(inOrder.size()));
  }

  private static void apply(List<String> bag, TableRow change) {
    Object[] values = change.values();
    String row = Rows.text(Arrays.copyOf(values, values.length - 3));
    String type = (String) values[values.length - 3];
    if (type.equals("delete") || type.equals("update_preimage")) {
      assertThat(type + " of a row that is not there", bag.remove(row), is(true));
    } else {
      bag.add(row);
    }
  }

  private static List<String> texts(DeltaSnapshot snapshot) {
    List<Object[]> rows = new ArrayList<>();
    try (RowIterator read = snapshot.rows()) {
      read.forEachRemaining(rows::add);
    }
    return Rows.texts(rows);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
