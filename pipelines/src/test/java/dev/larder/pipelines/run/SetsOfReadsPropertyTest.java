package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Sets of full reads: whatever comes, changes and goes in between, a key's latest set is what the
 * source has of it, and a key whose last row is gone is deleted.
 */
class SetsOfReadsPropertyTest {
  private static final TableId ID = new TableId("shop", "phones");
  private static final TableSchema PHONES =
      new TableSchema(
          ID,
          RowSchema.of(
              Column.required("id", ColumnType.INT),
              Column.required("customer", ColumnType.STRING),
              Column.required("kind", ColumnType.STRING),
              Column.nullable("phone", ColumnType.STRING)),
          List.of("id"));
  private static final VaultTables TABLES =
      VaultTables.of(
          VaultModelReader.read(
              "vault.yaml",
              """
              vault: shop
              sources:
                shop: {database: shop, record_source: SHOP}
              hubs:
                customer: number
              tables:
                shop.phones:
                  extract: full
                  customer: customer
                  satellites: {phones: {of: customer, kind: multi_active, grain: set, child: [kind], columns: [phone]}}
              """),
          Map.of(ID, PHONES),
          1);

  private static Map<Long, Object[]> next(Map<Long, Object[]> rows, Random random) {
    Map<Long, Object[]> next = new TreeMap<>();
    for (long id = 1; id <= 6; id++) {
      Object[] row = rows.get(id);
      int what = random.nextInt(5);
      if (what < 2 && row != null) {
        next.put(id, row);
      } else if (what < 4) {
        String customer = "C" + (1 + id % 2);
        next.put(id, new Object[] {id, customer, "K" + id, "P" + random.nextInt(2)});
      }
    }
    return next;
  }

  /** A read as it is loaded: what is gone, then all rows. */
  private static List<ChangeRecord> read(
      int number, Map<Long, Object[]> before, Map<Long, Object[]> now) {
    List<ChangeRecord> changes = new ArrayList<>();
    long at = number * 1_000_000L;
    before.forEach(
        (id, row) -> {
          if (!now.containsKey(id)) {
            changes.add(
                new ChangeRecord(
                    PHONES,
                    Operation.DELETE,
                    row,
                    null,
                    at,
                    new Sequence(0, number, 0),
                    Origin.SNAPSHOT,
                    null));
          }
        });
    now.values()
        .forEach(
            row -> changes.add(ChangeRecord.read(PHONES, row, at, new Sequence(0, number, 1))));
    return changes;
  }

  @Property(tries = 200)
  void theLatestSetIsWhatTheSourceHas(@ForAll long seed) {
    Random random = new Random(seed);
    MemoryVault vault = new MemoryVault(TABLES);
    Map<Long, Object[]> before = Map.of();
    for (int number = 1; number <= 5; number++) {
      Map<Long, Object[]> now = next(before, random);
      vault.load(read(number, before, now));
      before = now;
      Map<String, TreeSet<String>> expected = new TreeMap<>();
      now.values()
          .forEach(
              row ->
                  expected
                      .computeIfAbsent((String) row[1], any -> new TreeSet<>())
                      .add(row[2] + "=" + row[3]));

      assertThat(current(vault), is(expected));
    }
  }

  private static Map<String, TreeSet<String>> current(MemoryVault vault) {
    Map<String, String> customers = new HashMap<>();
    each(
        vault,
        "vault/hub_customer",
        List.of("customer_hk", "number"),
        row -> customers.put(text(row[0]), (String) row[1]));
    Map<String, String> statuses = new TreeMap<>();
    Map<String, String> latest = new HashMap<>();
    each(
        vault,
        "vault/sts_customer_shop_phones",
        List.of("customer_hk", "status", "_seq"),
        row -> {
          if (((String) row[2]).compareTo(latest.getOrDefault(text(row[0]), "")) >= 0) {
            latest.put(text(row[0]), (String) row[2]);
            statuses.put(text(row[0]), (String) row[1]);
          }
        });
    Map<String, TreeMap<Long, TreeSet<String>>> sets = new HashMap<>();
    each(
        vault,
        "vault/sat_phones",
        List.of("customer_hk", "_loaded_at", "kind", "phone"),
        row ->
            sets.computeIfAbsent(text(row[0]), any -> new TreeMap<>())
                .computeIfAbsent((Long) row[1], any -> new TreeSet<>())
                .add(row[2] + "=" + row[3]));
    Map<String, TreeSet<String>> current = new TreeMap<>();
    sets.forEach(
        (key, versions) -> {
          if (statuses.get(key).equals("I")) {
            current.put(customers.get(key), versions.lastEntry().getValue());
          }
        });
    return current;
  }

  private static void each(
      MemoryVault vault, String table, List<String> columns, Consumer<Object[]> use) {
    RowSchema schema = TABLES.table(table).spec().schema();
    for (Object[] row : vault.rows(table)) {
      use.accept(columns.stream().map(name -> row[schema.position(name)]).toArray());
    }
  }

  private static String text(Object key) {
    return HexFormat.of().formatHex((byte[]) key);
  }
}
