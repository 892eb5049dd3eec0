package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.store.TableStores;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Rows of new hash keys are handed into files as they came, and are kept nowhere else: if another
 * writer gets in the way, they are merged again out of these files, together with the rows that
 * share a key, which are kept as they came.
 */
public class FirstLoadConflictTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("price", ColumnType.decimal(12, 2)),
          Column.nullable("number", ColumnType.integer(Integer.SIZE)));
  private static final List<String> KEY = List.of("hk");
  private static final int KEYS = 20_000;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake() {
    return folder.getRoot().toString();
  }

  private static LoadPlan plan(String lake, LoadRule rule, String appId) {
    TableSpec spec = new TableSpec(table(rule), SCHEMA, rule, 3, Map.of());
    return LoadPlan.of(LoadPlan.Undeclared.REFUSE)
        .withLake(lake)
        .withTables(List.of(spec))
        .withTransaction(appId, 0);
  }

  private static String table(LoadRule rule) {
    return rule.getClass().getSimpleName();
  }

  private static TableRow put(LoadRule rule, long key, long at, String name) {
    byte[] hash =
        ByteBuffer.allocate(16).putLong(key * 0x9E3779B97F4A7C15L + 1).putLong(key).array();
    return Rows.put(
        table(rule),
        SCHEMA,
        at,
        hash,
        at,
        name,
        key % 7 == 0 ? null : BigDecimal.valueOf(key * at - 5_000, 2),
        key % 11);
  }

  /** One row for most keys; of every 50th several, of which some repeat what holds. */
  private static List<TableRow> batch(LoadRule rule) {
    List<TableRow> rows = new ArrayList<>();
    for (long key = 0; key < KEYS; key++) {
      rows.add(put(rule, key, 10, "b"));
      if (key % 50 == 0) {
        rows.add(put(rule, key, 12, "b"));
        rows.add(put(rule, key, 14, "c"));
      }
    }
    return rows;
  }

  /** Of every third key another writer has a version in between, before or behind. */
  private static List<TableRow> ofOther(LoadRule rule) {
    List<TableRow> rows = new ArrayList<>();
    for (long key = 0; key < KEYS + 5; key += 3) {
      rows.add(put(rule, key, key % 2 == 0 ? 11 : 9, key % 4 == 0 ? "b" : "other"));
    }
    return rows;
  }

  private static List<String> stored(String lake, LoadRule rule) {
    return Rows.read(
        DeltaTable.of(lake, table(rule)).latest(), "hk", "at", "name", "price", "number");
  }

  @Test
  public void whatWasHandedOnIsMergedAgainAsIfItHadComeBehindTheOther() {
    LoadRule absent = new LoadRule.InsertIfAbsent(KEY);
    LoadRule changed = new LoadRule.InsertIfChanged(KEY, "at", List.of("name"));
    for (LoadRule rule : List.of(absent, changed)) {
      LoadPlan plan = plan(lake(), rule, "late");
      List<PartResult> parts = MergedBatch.parts(plan, batch(rule));
      assertThat(TableStores.of(lake(), table(rule)).list("_larder"), is(empty()));
      load(lake(), rule, "other", ofOther(rule));
      TableCommitter committer = new TableCommitter(plan, table(rule));
      committer.commit(parts);
      assertThat(committer.partsMergedAgain(), is(3));

      String inOrder = lake() + "/in-order";
      load(inOrder, rule, "other", ofOther(rule));
      load(inOrder, rule, "late", batch(rule));

      List<String> expected = stored(inOrder, rule);
      assertThat(expected.size(), is(greaterThan(KEYS)));
      assertThat(table(rule), stored(lake(), rule), is(expected));
    }
  }

  private static void load(String lake, LoadRule rule, String appId, List<TableRow> rows) {
    LoadPlan plan = plan(lake, rule, appId);
    new TableCommitter(plan, table(rule)).commit(MergedBatch.parts(plan, rows));
  }
}
