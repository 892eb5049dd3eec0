package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.transforms.Chain;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class VaultTablesTest {
  private static final String TECHNICAL =
      "_loaded_at timestamp not null, _seq string not null, record_source string not null";

  private final VaultTables tables = VaultTables.of(Chain.model(), Chain.catalogue(), 4);

  private String columns(String table) {
    return tables.table(table).spec().schema().toString();
  }

  private LoadRule rule(String table) {
    return tables.table(table).spec().rule();
  }

  @Test
  public void namesEveryTableOfTheChain() {
    assertThat(
        tables.tables().stream().map(VaultTable::name).toList(),
        contains(
            "vault/hub_pizzeria",
            "vault/hub_product",
            "vault/hub_ingredient",
            "vault/hub_order",
            "vault/hub_supplier",
            "vault/link_order_pizzeria",
            "vault/link_order_line",
            "vault/link_recipe",
            "vault/link_consumption",
            "vault/link_stock_movement",
            "vault/sts_pizzeria_pos_pizzerias",
            "vault/sat_pizzeria_pos",
            "vault/sts_product_pos_products",
            "vault/sat_product_pos",
            "vault/product_history",
            "vault/sts_order_pos_orders",
            "vault/sts_order_pizzeria_pos_orders",
            "vault/sat_order_pos",
            "vault/sts_order_line_pos_order_lines",
            "vault/sat_order_line_pos",
            "vault/sts_recipe_pos_recipes",
            "vault/sat_recipe_pos",
            "vault/sts_pizzeria_erp_units",
            "vault/sat_pizzeria_erp",
            "vault/sts_ingredient_erp_materials",
            "vault/sat_ingredient_erp",
            "vault/sts_supplier_erp_vendors",
            "vault/sat_supplier_erp",
            "vault/sts_consumption_erp_consumption",
            "vault/sts_stock_movement_erp_stock_movements"));
  }

  @Test
  public void aModelThatIgnoresDeletesHasNoStatus() {
    VaultModel model =
        VaultModelReader.read("vault.yaml", Chain.yaml() + "\ndefaults: {deletes: ignore}\n");

    assertThat(
        VaultTables.of(model, Chain.catalogue(), 1).tables().stream()
            .filter(table -> table.structure() == VaultTable.Structure.STATUS)
            .toList(),
        is(List.of()));
  }

  @Test
  public void hubHasItsBusinessKeyAsText() {
    assertThat(
        columns("vault/hub_order"),
        is("order_hk binary not null, country string, number string, " + TECHNICAL));
    assertThat(rule("vault/hub_order"), is(new LoadRule.InsertIfAbsent(List.of("order_hk"))));
  }

  @Test
  public void linkHasItsHubsAndChildKeysOfTheSourcesType() {
    assertThat(
        columns("vault/link_order_line"),
        is(
            "order_line_hk binary not null, order_hk binary not null, product_hk binary not null,"
                + " line_no int, "
                + TECHNICAL));
    assertThat(
        rule("vault/link_order_line"), is(new LoadRule.InsertIfAbsent(List.of("order_line_hk"))));
  }

  @Test
  public void transactionHasItsPayloadAndTheLoadModeOfItsTable() {
    assertThat(
        columns("vault/link_consumption"),
        is(
            "consumption_hk binary not null, pizzeria_hk binary not null, ingredient_hk binary not"
                + " null, order_hk binary not null, event_id int, "
                + TECHNICAL
                + ", grams decimal(10,1), waste_grams decimal(10,1), cost decimal(12,4),"
                + " consumed_at datetime"));
    assertThat(rule("vault/link_consumption"), is(new LoadRule.Append()));
    assertThat(
        rule("vault/link_stock_movement"),
        is(new LoadRule.InsertIfAbsent(List.of("stock_movement_hk"))));
  }

  @Test
  public void satelliteHasTrackedThenUntrackedColumns() {
    assertThat(
        columns("vault/sat_pizzeria_pos"),
        is(
            "pizzeria_hk binary not null, hashdiff binary not null, "
                + TECHNICAL
                + ", name string, city string, timezone string, opened_on date, updated_at"
                + " timestamp"));
    assertThat(
        rule("vault/sat_pizzeria_pos"),
        is(new LoadRule.InsertIfChanged(List.of("pizzeria_hk"), "_seq", List.of("hashdiff"))));
    assertThat(
        tables.table("vault/sat_pizzeria_pos").payload(),
        contains("name", "city", "timezone", "opened_on"));
    assertThat(
        tables.table("vault/sat_pizzeria_pos").status(), is("vault/sts_pizzeria_pos_pizzerias"));
  }

  @Test
  public void statusIsComparedByItself() {
    assertThat(
        columns("vault/sts_order_pizzeria_pos_orders"),
        is("order_pizzeria_hk binary not null, status string not null, " + TECHNICAL));
    assertThat(
        rule("vault/sts_order_pizzeria_pos_orders"),
        is(new LoadRule.InsertIfChanged(List.of("order_pizzeria_hk"), "_seq", List.of("status"))));
  }

  @Test
  public void historyHasExactlyTheOriginalsColumns() {
    assertThat(
        columns("vault/product_history"),
        is(
            "ProductId int not null, ProductName string, ProductPrice decimal(10,2), Current"
                + " boolean not null, EffectiveFrom timestamp not null, EffectiveTo timestamp not"
                + " null"));
    assertThat(
        rule("vault/product_history"),
        is(
            new LoadRule.Scd2(
                List.of("ProductId"),
                List.of("ProductName", "ProductPrice"),
                "EffectiveFrom",
                "EffectiveTo",
                "Current",
                Values.micros(Instant.parse("9999-12-31T00:00:00Z")))));
  }

  @Test
  public void propertiesSayHowATableIsHashed() {
    assertThat(
        tables.table("vault/link_order_line").spec().properties(),
        is(
            Map.of(
                "larder.model", "pizza",
                "larder.structure", "link",
                "larder.hash.profile", "strict",
                "larder.hash.algorithm", "sha256",
                "larder.hash.store", "binary",
                "larder.hash.columns", "order.country,order.number,product.sku,line_no")));
    assertThat(
        tables.table("vault/sat_order_pos").spec().properties().get("larder.hash.columns"),
        is("status,channel,total,currency,ordered_at"));
  }

  @Test
  public void modelThatDoesNotFitIsRefused() {
    Map<TableId, TableSchema> catalogue = new HashMap<>(Chain.catalogue());
    catalogue.remove(Chain.ORDERS);

    UserException e =
        assertThrows(UserException.class, () -> VaultTables.of(Chain.model(), catalogue, 4));

    assertThat(
        e.getMessage(),
        is(
            "vault.yaml:28 tables.pos.orders: database \"pos\" of source pos has no table"
                + " \"orders\". Known: order_lines, pizzerias, products, recipes."));
  }

  @Test
  public void ghostsStandForWhatIsUnknownInEverySatelliteOfAModelThatAsksForThem() {
    assertThat(GhostRecords.of(tables), is(List.of()));
    VaultModel model =
        VaultModelReader.read(
            "vault.yaml",
            Chain.yaml().replace("sources:\n", "defaults: {ghost: true}\nsources:\n"));

    List<TableRow> ghosts = GhostRecords.of(VaultTables.of(model, Chain.catalogue(), 1));

    assertThat(
        ghosts.stream().map(TableRow::table).toList(),
        hasItems("vault/sat_order_pos", "vault/sat_supplier_erp"));
    TableRow ghost = ghosts.get(0);
    assertThat((byte[]) ghost.values()[0], is(new byte[32]));
    assertThat((byte[]) ghost.values()[1], is(new byte[32]));
    assertThat(ghost.values()[2], is(Values.micros(Instant.parse("1900-01-01T00:00:00Z"))));
    assertThat(ghost.values()[3], is("00000000:000000000000:000000"));
    assertThat(ghost.values()[4], is("SYSTEM"));
  }
}
