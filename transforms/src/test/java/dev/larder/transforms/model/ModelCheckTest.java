package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.Chain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Every message about a model that does not fit its sources, in full. */
public class ModelCheckTest {

  private static String check(String yaml, Map<TableId, TableSchema> catalogue) {
    return VaultModelReader.validate("vault.yaml", yaml, catalogue).toString();
  }

  private static Map<TableId, TableSchema> with(TableSchema table) {
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>(Chain.catalogue());
    catalogue.put(table.id(), table);
    return catalogue;
  }

  private static String changed(String old, String now) {
    return Chain.yaml().replace(old, now);
  }

  @Test
  public void unknownColumnOfASatellite() {
    assertThat(
        check(changed("[status, channel,", "[status, chanel,"), Chain.catalogue()),
        is(
            "vault.yaml:32 tables.pos.orders.satellites.order_pos.columns[1]: table pos.orders has"
                + " no column \"chanel\". Known: id, country_code, unit_code, order_no, status,"
                + " channel, total, currency, ordered_at, updated_at. Did you mean \"channel\"?"));
  }

  @Test
  public void unknownColumnsOfKeysUntrackedHistoryAndApplied() {
    String yaml =
        changed("lpad(unit_no, 5, '0')\"}\n    satellites", "lpad(unit, 5, '0')\"}\n    satellites")
            .replace("untracked: [updated_at]", "untracked: [updated]")
            .replace("ProductPrice: price", "ProductPrice: prize")
            .replace("applied: posted_at", "applied: posted")
            .replace("{line_no: line_no}", "{line_no: line}");

    assertThat(
        check(yaml, Chain.catalogue()),
        is(
            "vault.yaml:22 tables.pos.pizzerias.satellites.pizzeria_pos.untracked[0]: table"
                + " pos.pizzerias has no column \"updated\". Known: id, country_code, unit_code,"
                + " name, city, timezone, opened_on, updated_at. Did you mean \"updated_at\"?\n"
                + "vault.yaml:27 tables.pos.products.history.product_history.columns.ProductPrice:"
                + " table pos.products has no column \"prize\". Known: product_id, sku, name,"
                + " category, size, price, currency, is_active, updated_at. Did you mean"
                + " \"price\"?\n"
                + "vault.yaml:36 tables.pos.order_lines.links.order_line.line_no: table"
                + " pos.order_lines has no column \"line\". Known: id, country_code, order_no,"
                + " line_no, sku, qty, unit_price, discount.\n"
                + "vault.yaml:44 tables.erp.units.pizzeria.code: table erp.units has no column"
                + " \"unit\". Known: unit_no, land, legal_entity, warehouse, area_m2.\n"
                + "vault.yaml:63 tables.erp.stock_movements.links.stock_movement.applied: table"
                + " erp.stock_movements has no column \"posted\". Known: id, land, unit_no,"
                + " material_no, vendor_vat, kind, grams, amount, posted_at. Did you mean"
                + " \"posted_at\"?"));
  }

  @Test
  public void unknownTable() {
    assertThat(
        check(changed("pos.recipes:", "pos.recipe:"), Chain.catalogue()),
        is(
            "vault.yaml:38 tables.pos.recipe: database \"pos\" of source pos has no table"
                + " \"recipe\". Known: order_lines, orders, pizzerias, products, recipes. Did you"
                + " mean \"recipes\"?"));
  }

  @Test
  public void tableWithoutAPrimaryKey() {
    TableSchema keyless =
        Chain.schema(
            "erp.vendors", "", "vat_no string, name string, country string, rating double");

    assertThat(
        check(Chain.yaml(), with(keyless)),
        is(
            "vault.yaml:49 tables.erp.vendors: table erp.vendors has no primary key, so its rows"
                + " cannot be told apart. Give it one, or name the columns that identify a row: key:"
                + " [COLUMN, ...]."));
    assertThat(
        check(
            changed("    supplier: vat_no", "    key: [vat_no]\n    supplier: vat_no"),
            with(keyless)),
        is(""));
  }

  @Test
  public void declaredKeyHoldsForTheTable() {
    TableSchema keyless =
        Chain.schema(
            "erp.vendors", "", "vat_no string, name string, country string, rating double");
    VaultModel model =
        VaultModelReader.read(
            "vault.yaml",
            changed("    supplier: vat_no", "    key: [vat_no]\n    supplier: vat_no"));

    assertThat(model.keyed(keyless).key(), is(List.of("vat_no")));
    assertThat(model.keyed(Chain.table(Chain.ORDERS)), is(Chain.table(Chain.ORDERS)));
  }

  @Test
  public void onlySomeColumnsAreRead() {
    String listed =
        changed(
            "    supplier: vat_no",
            "    read: {columns: [name, country, rating], where: \"country = 'DE'\"}\n"
                + "    supplier: vat_no");
    VaultModel model = VaultModelReader.read("vault.yaml", listed);
    TableSchema vendors = Chain.catalogue().get(TableId.parse("erp.vendors"));

    assertThat(model.keyed(vendors).columns().names(), is(vendors.columns().names()));
    assertThat(model.table(vendors.id()).reading().condition().orElseThrow(), is("country = 'DE'"));

    VaultModel except =
        VaultModelReader.read(
            "vault.yaml", listed.replace("[name, country, rating]", "{except: [rating, vat_no]}"));
    assertThat(except.keyed(vendors).columns().names(), is(List.of("vat_no", "name", "country")));
  }

  @Test
  public void columnsThatAreReadHaveToBeThereAndKeepTheirNames() {
    assertThat(
        check(
            changed(
                "    supplier: vat_no",
                "    read: {columns: [name, country, rating, rank]}\n    supplier: vat_no"),
            Chain.catalogue()),
        is(
            "vault.yaml:50 tables.erp.vendors.read.columns[3]: table erp.vendors has no column"
                + " \"rank\". Known: vat_no, name, country, rating."));
    assertThat(
        VaultModelReader.validate(
                "vault.yaml",
                changed(
                    "    supplier: vat_no",
                    "    read: {columns: {title: name}}\n    supplier: vat_no"))
            .toString(),
        is(
            "vault.yaml:50 tables.erp.vendors.read.columns: expected columns under their own names:"
                + " [COLUMN, ...] or {except: [COLUMN, ...]}, found {NAME: COLUMN}."));
  }

  @Test
  public void typeWithoutAnAgreedSpellingIsNoKey() {
    TableSchema floating =
        Chain.schema(
            "erp.vendors", "vat_no", "vat_no double!, name string, country string, rating double");

    assertThat(
        check(Chain.yaml(), with(floating)),
        is(
            "vault.yaml:50 tables.erp.vendors.supplier: column \"vat_no\" is double, which has no"
                + " spelling that two sources would agree on. Use another column as key."));
  }

  @Test
  public void allColumnsMustBeSome() {
    TableSchema bare = Chain.schema("erp.vendors", "vat_no", "vat_no string!");

    assertThat(
        check(changed("columns: [name, country, rating]", "columns: \"*\""), with(bare)),
        is(
            "vault.yaml:51 tables.erp.vendors.satellites.supplier_erp.columns: no column is left."
                + " Name the columns."));
  }

  @Test
  public void columnThatTwoTablesFeedHasOneType() {
    String yaml =
        """
        vault: v
        sources: {s: {database: d, record_source: R}}
        hubs: {a: x, b: y}
        links: {ab: {hubs: [a, b], kind: transaction}}
        tables:
          s.one: {a: x, b: y, links: {ab: {columns: [amount]}}}
          s.two: {a: x, b: y, links: {ab: {columns: [amount]}}}
        """;
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>();
    TableSchema one = Chain.schema("s.one", "x", "x int!, y int, amount int");
    TableSchema two = Chain.schema("s.two", "x", "x int!, y int, amount decimal(10,2)");
    catalogue.put(one.id(), one);
    catalogue.put(two.id(), two);

    assertThat(
        check(yaml, catalogue),
        is(
            "vault.yaml:7 tables.s.two.links.ab.columns: column \"amount\" is decimal(10,2) here and"
                + " int in s.one. One column of the vault has one type; rename one of them."));
  }
}
