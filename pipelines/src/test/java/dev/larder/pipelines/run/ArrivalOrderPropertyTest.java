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
  private static final TableId ID = new TableId("pos", "products");
  private static final TableSchema PRODUCTS =
      new TableSchema(
          ID,
          RowSchema.of(
              Column.required("id", ColumnType.INT),
              Column.required("sku", ColumnType.STRING),
              Column.nullable("name", ColumnType.STRING)),
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
                product: {key: sku, normal: upper_trim}
              tables:
                pos.products:
                  product: sku
                  satellites: {product_pos: {of: product, columns: [name]}}
                  history:
                    product_history: {load: scd2, key: {ProductId: id}, columns: {ProductName: name}}
              """),
          Map.of(ID, PRODUCTS),
          1);

  /** Rows come, change, change their business key, go and come back. */
  private static List<ChangeRecord> log(long seed) {
    Random random = new Random(seed);
    Map<Long, Object[]> now = new TreeMap<>();
    List<ChangeRecord> log = new ArrayList<>();
    for (int step = 1; step <= 20; step++) {
      long id = 1 + random.nextInt(2);
      Object[] before = now.get(id);
      boolean goes = before != null && random.nextInt(4) == 0;
      String sku = "S" + id + (random.nextInt(6) == 0 ? "x" : "");
      Object[] after = goes ? null : new Object[] {id, sku, random.nextBoolean() ? "A" : "B"};
      Operation operation =
          before == null ? Operation.CREATE : goes ? Operation.DELETE : Operation.UPDATE;
      if (goes) {
        now.remove(id);
      } else {
        now.put(id, after);
      }
      log.add(
          new ChangeRecord(
              PRODUCTS,
              operation,
              before,
              after,
              step * 1_000_000L,
              new Sequence(1, step, 0),
              Origin.LOG,
              null));
    }
    return log;
  }

  @Property(tries = 300)
  void anyOrderOfArrivalGivesTheSameHistory(@ForAll long seed, @ForAll long arrival) {
    List<ChangeRecord> log = log(seed);
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
    List<ChangeRecord> loaded = new ArrayList<>(batch);
    bronze.stream().filter(later::isLater).forEach(loaded::add);
    return loaded;
  }

  /** The rows of a table; of versions that are only added, without repetitions. */
  private static List<String> history(MemoryVault vault, VaultTable table) {
    RowSchema schema = table.spec().schema();
    List<Object[]> rows = new ArrayList<>(vault.rows(table.name()));
    if (table.spec().rule() instanceof LoadRule.InsertIfChanged rule) {
      int order = schema.position(rule.order());
      int key = schema.position(rule.key().get(0));
      int compared = schema.position(rule.compared().get(0));
      rows.sort((left, right) -> Values.compare(left[order], right[order]));
      Map<String, Object> before = new TreeMap<>();
      rows.removeIf(
          row ->
              Values.same(
                  row[compared], before.put(Arrays.toString((byte[]) row[key]), row[compared])));
    } else if (table.spec().rule() instanceof LoadRule.InsertIfAbsent rule) {
      int key = schema.position(rule.key().get(0));
      rows.replaceAll(row -> new Object[] {row[key]});
    }
    return rows.stream().map(Arrays::deepToString).sorted().toList();
  }
}
