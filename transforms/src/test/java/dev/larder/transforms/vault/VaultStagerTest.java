package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.Chain;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.Test;

public class VaultStagerTest {
  private static final VaultTables TABLES = VaultTables.of(Chain.model(), Chain.catalogue(), 4);
  private static final Sequence SEQ = Sequence.of("binlog.000003", 1000, 0);
  private static final Long AT = 1_700_000_000_000_000L;
  private static final String TEXT = SEQ.text();

  private final VaultStager stager = new VaultStager(TABLES);

  /** What a change stages. */
  private static final class Staged implements StagedRows {
    final List<TableRow> rows = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();

    @Override
    public void row(TableRow row) {
      rows.add(row);
    }

    @Override
    public void reject(String reason) {
      reasons.add(reason);
    }

    /** {@code table: values}, or {@code table- values} for a delete. */
    List<String> texts(String... tables) {
      List<String> wanted = List.of(tables);
      return rows.stream()
          .filter(row -> wanted.isEmpty() || wanted.contains(row.table()))
          .map(VaultStagerTest::text)
          .toList();
    }
  }

  private static String text(TableRow row) {
    StringBuilder out = new StringBuilder(row.table());
    out.append(row.change() == TableRow.Change.PUT ? ":" : "-");
    for (int i = 0; i < row.values().length; i++) {
      Object value = row.values()[i];
      out.append(' ').append(row.schema().column(i).name()).append('=');
      if (value instanceof byte[] bytes) {
        out.append(HexFormat.of().formatHex(bytes, 0, 3));
      } else {
        out.append(value == null ? "-" : Values.text(row.schema().column(i).type(), value));
      }
    }
    return out.toString();
  }

  private static String hk(String... parts) {
    return HexFormat.of().formatHex(HashKey.of(HashAlgorithm.SHA256, parts), 0, 3);
  }

  private Staged stage(Operation operation, TableSchema table, Object[] before, Object[] after) {
    Staged staged = new Staged();
    stager.stage(
        new ChangeRecord(table, operation, before, after, AT, SEQ, Origin.LOG, null), staged);
    return staged;
  }

  private static final String TECH =
      " _loaded_at=2023-11-14T22:13:20.000000Z _seq=" + TEXT + " record_source=";

  private static Object[] product(long id, String sku, String name, String price) {
    return new Object[] {
      id, sku, name, "classic", "M", new BigDecimal(price), "EUR", 1L, 1_700_000_000_000_000L
    };
  }

  @Test
  public void createLoadsHubSatelliteStatusAndHistory() {
    Staged staged =
        stage(
            Operation.CREATE,
            Chain.table(Chain.PRODUCTS),
            null,
            product(7, " marg-m ", "Margherita", "9.50"));

    String key = hk("MARG-M");
    assertThat(
        staged.texts(),
        contains(
            "vault/hub_product: product_hk=" + key + " sku=MARG-M" + TECH + "POS.MySQL",
            "vault/sat_product_pos: product_hk="
                + key
                + " hashdiff="
                + hk("Margherita", "classic", "M", "1")
                + TECH
                + "POS.MySQL name=Margherita category=classic size=M is_active=1",
            "vault/sts_product_pos_products: product_hk=" + key + " status=I" + TECH + "POS.MySQL",
            "vault/product_history: EffectiveFrom=2023-11-14T22:13:20.000000Z ProductId=7"
                + " ProductName=Margherita ProductPrice=9.50"));
    assertThat(staged.reasons, is(empty()));
  }

  @Test
  public void deleteEndsStatusAndHistoryWithoutAPayloadRow() {
    Staged staged =
        stage(
            Operation.DELETE,
            Chain.table(Chain.PRODUCTS),
            product(7, "MARG-M", "Margherita", "9.50"),
            null);

    assertThat(
        staged.texts(),
        contains(
            "vault/sts_product_pos_products: product_hk="
                + hk("MARG-M")
                + " status=D"
                + TECH
                + "POS.MySQL",
            "vault/product_history- EffectiveFrom=2023-11-14T22:13:20.000000Z ProductId=7"));
  }

  @Test
  public void updateOfAKeyEndsTheOldKeyAndBeginsTheNew() {
    Staged staged =
        stage(
            Operation.UPDATE,
            Chain.table(Chain.PRODUCTS),
            product(7, "MARG-M", "Margherita", "9.50"),
            product(8, "MARG-L", "Margherita", "9.50"));

    assertThat(
        staged.texts("vault/sts_product_pos_products", "vault/product_history"),
        contains(
            "vault/sts_product_pos_products: product_hk="
                + hk("MARG-M")
                + " status=D"
                + TECH
                + "POS.MySQL",
            "vault/sts_product_pos_products: product_hk="
                + hk("MARG-L")
                + " status=I"
                + TECH
                + "POS.MySQL",
            "vault/product_history- EffectiveFrom=2023-11-14T22:13:20.000000Z ProductId=7",
            "vault/product_history: EffectiveFrom=2023-11-14T22:13:20.000000Z ProductId=8"
                + " ProductName=Margherita ProductPrice=9.50"));
  }

  @Test
  public void updateThatMovesAnOrderEndsItsLinkAndKeepsTheOrder() {
    Object[] before = {
      1L, "DE", "00012", 1001L, "new", "web", new BigDecimal("20.00"), "EUR", AT, AT
    };
    Object[] after = before.clone();
    after[2] = "00013";

    Staged staged = stage(Operation.UPDATE, Chain.table(Chain.ORDERS), before, after);

    assertThat(
        staged.texts(
            "vault/sts_order_pos_orders",
            "vault/sts_order_pizzeria_pos_orders",
            "vault/link_order_pizzeria"),
        containsInAnyOrder(
            "vault/link_order_pizzeria: order_pizzeria_hk="
                + hk("DE", "1001", "DE", "00013")
                + " order_hk="
                + hk("DE", "1001")
                + " pizzeria_hk="
                + hk("DE", "00013")
                + TECH
                + "POS.MySQL",
            "vault/sts_order_pos_orders: order_hk="
                + hk("DE", "1001")
                + " status=I"
                + TECH
                + "POS.MySQL",
            "vault/sts_order_pizzeria_pos_orders: order_pizzeria_hk="
                + hk("DE", "1001", "DE", "00012")
                + " status=D"
                + TECH
                + "POS.MySQL",
            "vault/sts_order_pizzeria_pos_orders: order_pizzeria_hk="
                + hk("DE", "1001", "DE", "00013")
                + " status=I"
                + TECH
                + "POS.MySQL"));
  }

  @Test
  public void transactionCarriesPayloadAndMeetsTheOtherSourcesSpellingOfAKey() {
    Object[] row = {
      55L,
      "de",
      12L,
      1001L,
      "FLOUR",
      new BigDecimal("250.0"),
      new BigDecimal("3.5"),
      new BigDecimal("0.2500"),
      AT
    };

    Staged staged = stage(Operation.CREATE, Chain.table(Chain.CONSUMPTION), null, row);

    assertThat(
        staged.texts(),
        contains(
            "vault/hub_pizzeria: pizzeria_hk="
                + hk("DE", "00012")
                + " country=DE code=00012"
                + TECH
                + "ERP.MySQL",
            "vault/hub_ingredient: ingredient_hk="
                + hk("FLOUR")
                + " code=FLOUR"
                + TECH
                + "ERP.MySQL",
            "vault/hub_order: order_hk="
                + hk("DE", "1001")
                + " country=DE number=1001"
                + TECH
                + "ERP.MySQL",
            "vault/link_consumption: consumption_hk="
                + hk("DE", "00012", "FLOUR", "DE", "1001", "55")
                + " pizzeria_hk="
                + hk("DE", "00012")
                + " ingredient_hk="
                + hk("FLOUR")
                + " order_hk="
                + hk("DE", "1001")
                + " event_id=55"
                + TECH
                + "ERP.MySQL grams=250.0 waste_grams=3.5 cost=0.2500"
                + " consumed_at=2023-11-14T22:13:20.000000",
            "vault/sts_consumption_erp_consumption: consumption_hk="
                + hk("DE", "00012", "FLOUR", "DE", "1001", "55")
                + " status=I"
                + TECH
                + "ERP.MySQL"));
  }

  @Test
  public void deleteOfATransactionEndsItsStatus() {
    Object[] row = {
      55L,
      "de",
      12L,
      1001L,
      "FLOUR",
      new BigDecimal("250.0"),
      new BigDecimal("3.5"),
      new BigDecimal("0.2500"),
      AT
    };

    assertThat(
        stage(Operation.DELETE, Chain.table(Chain.CONSUMPTION), row, null).texts(),
        contains(
            "vault/sts_consumption_erp_consumption: consumption_hk="
                + hk("DE", "00012", "FLOUR", "DE", "1001", "55")
                + " status=D"
                + TECH
                + "ERP.MySQL"));
  }

  @Test
  public void linkPointsToTheZeroKeyWhereAnUnknownPartnerIsAllowed() {
    Object[] row = {
      9L, "de", 12L, "FLOUR", null, "waste", new BigDecimal("1.0"), new BigDecimal("0.10"), AT
    };

    Staged staged = stage(Operation.CREATE, Chain.table(Chain.STOCK_MOVEMENTS), null, row);

    assertThat(
        staged.texts("vault/hub_supplier", "vault/link_stock_movement"),
        contains(
            "vault/hub_supplier: supplier_hk=000000 tax_id=-" + TECH + "ERP.MySQL",
            "vault/link_stock_movement: stock_movement_hk="
                + hk("DE", "00012", "FLOUR", null, "9")
                + " pizzeria_hk="
                + hk("DE", "00012")
                + " ingredient_hk="
                + hk("FLOUR")
                + " supplier_hk=000000 movement_id=9"
                + TECH
                + "ERP.MySQL kind=waste grams=1.0 amount=0.10"
                + " posted_at=2023-11-14T22:13:20.000000Z"));
    assertThat(staged.reasons, is(empty()));
  }

  @Test
  public void rowWithoutABusinessKeyIsRejectedAndTheRestIsLoaded() {
    Object[] row = {1L, null, "", 1001L, "new", "web", new BigDecimal("20.00"), "EUR", AT, AT};

    Staged staged = stage(Operation.CREATE, Chain.table(Chain.ORDERS), null, row);

    assertThat(
        staged.rows.stream().map(TableRow::table).toList(),
        contains("vault/hub_order", "vault/sat_order_pos", "vault/sts_order_pos_orders"));
    assertThat(
        staged.reasons,
        contains(
            "No business key for hub \"pizzeria\" in a row of pos.orders: country, code are all"
                + " NULL or empty. Mend the row, or set when_null: unknown in"
                + " tables.pos.orders.pizzeria if rows without it are meant."));
  }

  @Test
  public void truncateEndsTheStatusOfEveryKeyOfTheTable() {
    Staged staged = stage(Operation.TRUNCATE, Chain.table(Chain.ORDERS), null, null);

    assertThat(staged.reasons, is(empty()));
    assertThat(
        staged.texts(),
        contains(
            "vault/sts_order_pos_orders- status=D _loaded_at=2023-11-14T22:13:20.000000Z _seq="
                + TEXT
                + " record_source=POS.MySQL",
            "vault/sts_order_pizzeria_pos_orders- status=D _loaded_at=2023-11-14T22:13:20.000000Z"
                + " _seq="
                + TEXT
                + " record_source=POS.MySQL"));
    assertThat(
        staged.rows.stream().map(TableRow::change).distinct().toList(),
        contains(TableRow.Change.DELETE_ALL));
  }

  @Test
  public void tableWithoutAKeyColumnIsRejected() {
    TableSchema shrunk =
        Chain.schema("erp.materials", "material_no", "material_no string!, name string");
    TableSchema lost = Chain.schema("erp.materials", "name", "name string");

    assertThat(
        stage(Operation.CREATE, shrunk, null, new Object[] {"M1", "Flour"}).reasons, is(empty()));
    assertThat(
        stage(Operation.CREATE, lost, null, new Object[] {"Flour"}).reasons,
        contains(
            "Table erp.materials no longer fits the model: no column material_no in [name]. Keys"
                + " are read from this column: bring it back, or map another one and replay."));
  }

  @Test
  public void rowFromBeforeAColumnWasAddedHasTheSameHashDiffAsWithNull() {
    TableSchema early =
        Chain.schema(
            "erp.materials",
            "material_no",
            "material_no string!, name string, unit string, shelf_life_days int, allergen int");
    Object[] old = {"M1", "Flour", "g", 90L, 0L};
    Object[] now = {"M1", "Flour", "g", 90L, 0L, null};

    TableRow before = satellite(stage(Operation.CREATE, early, null, old));
    TableRow after =
        satellite(stage(Operation.CREATE, Chain.catalogue().get(early.id()), null, now));

    assertThat((byte[]) before.values()[1], is((byte[]) after.values()[1]));
    assertThat(before.schema().find("pack_grams"), is(-1));
    assertThat(after.schema().find("pack_grams"), is(9));
  }

  private static TableRow satellite(Staged staged) {
    return staged.rows.stream()
        .filter(row -> row.table().equals("vault/sat_ingredient_erp"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  public void changesOfTablesThatTheModelDoesNotHaveMeanNothing() {
    TableSchema other = Chain.schema("pos.logins", "id", "id int!");

    Staged staged = stage(Operation.CREATE, other, null, new Object[] {1L});

    assertThat(staged.rows, is(empty()));
    assertThat(staged.reasons, is(empty()));
  }
}
