package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.bronze.LaterChanges;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultKeys;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A vault that is loaded from changes in any order of arrival, each batch with the later changes of
 * its keys, holds the history that it holds if all come in order.
 */
class ArrivalOrderPropertyTest {
  private static final TableId ID = new TableId("pos", "orders");
  private static final TableSchema ORDERS =
      new TableSchema(
          ID,
          RowSchema.of(
              Column.required("id", ColumnType.INT),
              Column.required("number", ColumnType.STRING),
              Column.nullable("unit", ColumnType.STRING),
              Column.nullable("state", ColumnType.STRING)),
          List.of("id"));
  private static final VaultTables TABLES =
      VaultTables.of(
          VaultModelReader.read(
              "vault.yaml",
              """
              vault: pizza
              sources:
                pos: {database: pos, record_source: POS}
              hubs:
                order: number
                pizzeria: unit
              links:
                order_pizzeria: {hubs: [order, pizzeria], driving: order}
              tables:
                pos.orders:
                  order: number
                  pizzeria: unit
                  links: [order_pizzeria]
                  satellites:
                    order_pos: {of: order, columns: [state]}
                    order_flag: {of: order, columns: [state], deletes: flag}
                    order_child: {of: order, columns: [state], child: [unit], kind: multi_active, grain: row}
                    order_pizzeria_eff: {of: order_pizzeria, kind: effectivity}
                  history:
                    order_history: {load: scd2, key: {Id: id}, columns: {State: state}}
              """),
          Map.of(ID, ORDERS),
          1);

  /** What a source does besides; both at once are more than a history without sequence can tell. */
  enum Source {
    TWO_CHANGES_AT_A_TIME,
    ROWS_SHARE_BUSINESS_KEYS
  }

  /**
   * Rows come, change, change their business keys, go and come back; now and then all go at once.
   */
  private static List<ChangeRecord> log(Source source, long seed) {
    Random random = new Random(seed);
    boolean shares = source == Source.ROWS_SHARE_BUSINESS_KEYS;
    Map<Long, Object[]> now = new TreeMap<>();
    List<ChangeRecord> log = new ArrayList<>();
    for (int step = 1; step <= 20; step++) {
      long id = 1 + random.nextInt(2);
      boolean allGo = random.nextInt(15) == 0;
      Object[] before = allGo ? null : now.get(id);
      boolean goes = before != null && random.nextInt(4) == 0;
      Object[] after = goes || allGo ? null : row(id, shares, random);
      if (allGo) {
        now.clear();
      } else if (goes) {
        now.remove(id);
      } else {
        now.put(id, after);
      }
      log.add(
          new ChangeRecord(
              ORDERS,
              allGo
                  ? Operation.TRUNCATE
                  : before == null ? Operation.CREATE : goes ? Operation.DELETE : Operation.UPDATE,
              before,
              after,
              (shares ? step : step / 2) * 1_000_000L,
              new Sequence(1, step, 0),
              Origin.LOG,
              null));
    }
    return log;
  }

  private static Object[] row(long id, boolean shares, Random random) {
    boolean other = random.nextInt(4) == 0;
    String number = "N" + (other ? shares ? 3 - id : 10 + id : id);
    return new Object[] {
      id, number, random.nextBoolean() ? "U" : "V", random.nextBoolean() ? "A" : "B"
    };
  }

  @Property(tries = 300)
  void anyOrderOfArrivalGivesTheSameHistory(
      @ForAll Source source, @ForAll long seed, @ForAll long arrival) {
    List<ChangeRecord> log = log(source, seed);
    List<ChangeRecord> shuffled = new ArrayList<>(log);
    Collections.shuffle(shuffled, new Random(arrival));
    MemoryVault inOrder = new MemoryVault(TABLES);
    inOrder.load(log);
    MemoryVault late = new MemoryVault(TABLES);
    Random cuts = new Random(arrival);
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + cuts.nextInt(4));
      late.load(withLater(shuffled.subList(from, to), shuffled.subList(0, to)));
      from = to;
    }

    for (VaultTable table : TABLES.tables()) {
      assertThat(table.name(), history(late, table), is(history(inOrder, table)));
    }
  }

  private static List<ChangeRecord> withLater(List<ChangeRecord> batch, List<ChangeRecord> bronze) {
    LaterChanges later = new LaterChanges(new VaultKeys(TABLES));
    batch.forEach(later::touch);
    bronze.stream()
        .filter(change -> change.operation() == Operation.TRUNCATE)
        .forEach(later::truncate);
    List<ChangeRecord> loaded = new ArrayList<>(batch);
    bronze.stream().filter(later::isLater).forEach(loaded::add);
    return loaded;
  }

  /** The rows of a table; of versions that are only added, without repetitions. */
  private static List<String> history(MemoryVault vault, VaultTable table) {
    RowSchema schema = table.spec().schema();
    List<Object[]> rows = vault.rows(table.name());
    if (table.spec().rule() instanceof LoadRule.InsertIfChanged rule) {
      return changes(rows, schema, rule.order(), rule.key(), rule.compared());
    } else if (table.spec().rule() instanceof LoadRule.Effectivity rule) {
      int end = schema.position(rule.end());
      List<Object[]> said = new ArrayList<>();
      for (Object[] row : rows) {
        Object[] copy = row.clone();
        copy[end] = (Long) row[end] == rule.openEnd() ? 1L : 0L;
        said.add(copy);
      }
      return changes(said, schema, rule.order(), rule.member(), List.of(rule.end()));
    } else if (table.spec().rule() instanceof LoadRule.InsertIfAbsent rule) {
      int key = schema.position(rule.key().get(0));
      return rows.stream().map(row -> Arrays.toString((byte[]) row[key])).sorted().toList();
    }
    return rows.stream().map(Arrays::deepToString).sorted().toList();
  }

  /** Key, order and compared columns of rows that differ from the one of their key before them. */
  private static List<String> changes(
      List<Object[]> rows,
      RowSchema schema,
      String order,
      List<String> key,
      List<String> compared) {
    int by = schema.position(order);
    List<Object[]> sorted = new ArrayList<>(rows);
    sorted.sort((left, right) -> Values.compare(left[by], right[by]));
    Map<String, String> before = new TreeMap<>();
    List<String> changes = new ArrayList<>();
    for (Object[] row : sorted) {
      String said = texts(row, schema, compared);
      if (!said.equals(before.put(texts(row, schema, key), said))) {
        changes.add(texts(row, schema, key) + " " + row[by] + " " + said);
      }
    }
    changes.sort(null);
    return changes;
  }

  private static String texts(Object[] row, RowSchema schema, List<String> columns) {
    return Arrays.deepToString(
        columns.stream().map(column -> row[schema.position(column)]).toArray());
  }
}
