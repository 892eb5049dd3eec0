package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.transforms.Chain;
import dev.larder.transforms.SourceFake;
import dev.larder.transforms.vault.VaultTable.Structure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A vault that has seen all changes, in whatever order, holds what the source holds. */
class VaultConvergencePropertyTest {
  private static final VaultTables TABLES = VaultTables.of(Chain.model(), Chain.catalogue(), 4);

  private static SourceFake orders(long seed) {
    return new SourceFake(
        Chain.table(Chain.ORDERS),
        seed,
        30,
        4,
        (id, random) ->
            new Object[] {
              id,
              "DE",
              "0000" + random.nextInt(2),
              1000 + id,
              random.nextBoolean() ? "new" : "paid",
              random.nextBoolean() ? "web" : null,
              new BigDecimal(random.nextInt(2)).setScale(2),
              "EUR",
              null,
              random.nextLong() >>> 20
            });
  }

  private static SourceFake products(long seed) {
    return new SourceFake(
        Chain.table(Chain.PRODUCTS),
        seed,
        30,
        3,
        (id, random) ->
            new Object[] {
              id,
              "SKU" + id,
              random.nextBoolean() ? "Margherita" : "Marinara",
              null,
              "M",
              new BigDecimal(8 + random.nextInt(2)).setScale(2),
              "EUR",
              1L,
              random.nextLong() >>> 20
            });
  }

  private static LakeFake loaded(List<ChangeRecord> changes) {
    LakeFake lake = new LakeFake(TABLES);
    changes.forEach(lake::load);
    return lake;
  }

  @Property(tries = 200)
  void satellitesAndHistoriesHoldTheSourcesRows(@ForAll long seed) {
    for (SourceFake source : List.of(orders(seed), products(seed))) {
      ExpectedState expected = new ExpectedState(TABLES);
      LakeFake lake = loaded(shuffledWithRepeats(source));
      List<ExpectedRow> wanted = new ArrayList<>();
      source
          .rows(source.steps())
          .values()
          .forEach(row -> wanted.addAll(expected.rows(source.logAfter(0).get(0).table(), row)));

      assertThat(
          described(lake.current(expected)), containsInAnyOrder(described(wanted).toArray()));
      assertThat(lake.reasons, is(empty()));
    }
  }

  private static List<String> described(List<ExpectedRow> rows) {
    return rows.stream()
        .filter(
            row ->
                TABLES.table(row.table()).structure() == Structure.SATELLITE
                    || TABLES.table(row.table()).structure() == Structure.HISTORY)
        .map(
            row ->
                row.table()
                    + Arrays.toString(row.key())
                    + row.columns()
                    + Arrays.deepToString(row.values()))
        .toList();
  }

  @Property(tries = 200)
  void linksThatTheSourceHasNotAreDeletedAndTheOthersAreNot(@ForAll long seed) {
    SourceFake source = orders(seed);
    ExpectedState expected = new ExpectedState(TABLES);
    LakeFake lake = loaded(shuffledWithRepeats(source));
    Map<String, Boolean> wanted = new TreeMap<>();
    for (String key : lake.deleted("vault/sts_order_pizzeria_pos_orders").keySet()) {
      wanted.put(key, true);
    }
    source
        .rows(source.steps())
        .values()
        .forEach(
            row ->
                expected.rows(Chain.table(Chain.ORDERS), row).stream()
                    .filter(link -> link.table().equals("vault/link_order_pizzeria"))
                    .forEach(link -> wanted.put(Arrays.toString(link.key()), false)));

    assertThat(lake.deleted("vault/sts_order_pizzeria_pos_orders"), is(wanted));
  }

  @Property(tries = 100)
  void everyTableIsTheSameWhateverTheOrderOfArrival(@ForAll long seed) {
    SourceFake source = orders(seed);
    LakeFake inOrder = loaded(source.logAfter(0));
    LakeFake shuffled = loaded(shuffledWithRepeats(source));

    for (VaultTable table : TABLES.tables()) {
      if (!table.name().contains("hub") && !table.name().contains("link")) {
        assertThat(text(shuffled.read(table.name())), is(text(inOrder.read(table.name()))));
      }
    }
  }

  private static Map<String, List<String>> text(Map<String, List<Object[]>> rows) {
    Map<String, List<String>> text = new TreeMap<>();
    rows.forEach(
        (key, versions) -> text.put(key, versions.stream().map(Arrays::deepToString).toList()));
    return text;
  }

  private static List<ChangeRecord> shuffledWithRepeats(SourceFake source) {
    List<ChangeRecord> changes = new ArrayList<>(source.logAfter(0));
    changes.addAll(source.logAfter(source.steps() / 2));
    Collections.shuffle(changes, source.random());
    return changes;
  }

  @Property(tries = 200)
  void leavingRepeatedKeysOutChangesNoFirstRow(@ForAll long seed) {
    List<TableRow> rows = hubRows(new Random(seed));
    FirstSightings sightings = new FirstSightings();
    List<TableRow> kept = rows.stream().filter(sightings::isFirst).toList();

    assertThat(firsts(kept), is(firsts(rows)));
    assertThat(kept.size() <= rows.size(), is(true));
  }

  private static List<TableRow> hubRows(Random random) {
    VaultTable hub = TABLES.table("vault/hub_product");
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Object[] values = new Object[hub.spec().schema().size()];
      values[0] = new byte[] {(byte) random.nextInt(5)};
      rows.add(
          TableRow.put(
              hub.name(), hub.spec().schema(), values, SourceFake.sequence(random.nextInt(20))));
    }
    return rows;
  }

  private static Map<String, String> firsts(List<TableRow> rows) {
    Map<String, String> firsts = new TreeMap<>();
    for (TableRow row : rows) {
      firsts.merge(
          Arrays.toString((byte[]) row.values()[0]),
          row.order().text(),
          (left, right) -> left.compareTo(right) <= 0 ? left : right);
    }
    return firsts;
  }

  @Property(tries = 50)
  void untrackedColumnsAreStoredAndMakeNoVersion(@ForAll long seed) {
    SourceFake source =
        new SourceFake(
            Chain.table(Chain.PIZZERIAS),
            seed,
            20,
            1,
            (id, any) ->
                new Object[] {
                  id, "DE", "00001", "Mitte", "Berlin", "Europe/Berlin", 1, any.nextLong() >>> 20
                });
    LakeFake lake = loaded(source.logAfter(0));
    int updatedAt = TABLES.table("vault/sat_pizzeria_pos").spec().schema().position("updated_at");

    List<Object[]> versions = lake.read("vault/sat_pizzeria_pos").values().iterator().next();

    assertThat(versions.size(), is(1));
    assertThat(
        Values.same(versions.get(0)[updatedAt], source.logAfter(0).get(0).after()[7]), is(true));
  }
}
