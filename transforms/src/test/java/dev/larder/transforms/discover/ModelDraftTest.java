package dev.larder.transforms.discover;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.VaultModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What is drafted of small databases; a draft is always a model that fits its tables. */
public class ModelDraftTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "dev", "larder", "transforms", "discover");
  private static final boolean WRITE = "write".equals(System.getenv("LARDER_GOLDEN"));

  private static String draft(Schema schema) {
    String yaml = schema.draft();
    assertThat(
        yaml, VaultModelReader.validate("draft", yaml, schema.catalogue()).toString(), is(""));
    return yaml;
  }

  @Test
  public void tableWithAKeyIsAHubAndASatellite() {
    String yaml = draft(Schema.of("crm").table("cities", 9, "code text, area decimal, pk code"));

    assertThat(
        yaml,
        allOf(
            containsString("  city: {key: code}\n"),
            containsString("    city: code\n"),
            containsString("      city_crm:\n        of: city\n        columns: [area]\n")));
  }

  @Test
  public void uniqueKeyIsPreferredToANumberOfTheDatabase() {
    String yaml =
        draft(
            Schema.of("shop")
                .table(
                    "products", 9, "id int auto, sku text ci, price decimal, pk id, unique sku"));

    assertThat(
        yaml,
        allOf(
            containsString("  product: {key: sku, normal: upper}\n"),
            containsString(
                "# guess: the unique key (sku) is the business key; id is a number of the"
                    + " database's\n"),
            containsString("columns: [id, price]")));
  }

  @Test
  public void numberThatOthersReferToStaysTheKey() {
    String yaml =
        draft(
            Schema.of("shop")
                .table("products", 9, "id int auto, sku text, price decimal, pk id, unique sku")
                .table(
                    "offers",
                    9,
                    "id int auto, product_id int, price decimal, pk id, fk product_id ->"
                        + " products.id"));

    assertThat(
        yaml,
        allOf(
            containsString("  product: {key: id}\n"),
            containsString("guess: id is the key since other tables refer to it; to the business"),
            containsString("  offer_product: {hubs: [offer, product], driving: offer}\n"),
            containsString("    offer: id\n    product: product_id\n    links: [offer_product]\n"),
            containsString("offer_product_eff: {of: offer_product, kind: effectivity}")));
  }

  @Test
  public void emailIsNoBusinessKeyAndIsSuggestedForMasking() {
    String yaml =
        draft(
            Schema.of("shop")
                .table(
                    "customers",
                    9,
                    "id int auto, email text, name text, updated_at timestamp, pk id, unique"
                        + " email"));

    assertThat(
        yaml,
        allOf(
            containsString("  customer: {key: id}\n"),
            containsString("        # mask: [email, name]\n"),
            containsString("        untracked: [updated_at]\n")));
  }

  @Test
  public void tableBetweenTablesIsALink() {
    String yaml =
        draft(
            Schema.of("shop")
                .table("authors", 9, "author_id int, nick text, pk author_id")
                .table("books", 9, "isbn text, pages int, pk isbn")
                .table(
                    "authorships",
                    9,
                    "author_id int, isbn text, share decimal, pk author_id isbn, fk author_id ->"
                        + " authors.author_id, fk isbn -> books.isbn"));

    assertThat(
        yaml,
        allOf(
            containsString("  authorship: {hubs: [author, book]}\n"),
            containsString("    links: [authorship]\n"),
            containsString("      authorship_shop:\n        of: authorship\n"),
            not(containsString("guess: no foreign key"))));
  }

  @Test
  public void numberedLinesAreALinkWithAChildKey() {
    String yaml =
        draft(
            Schema.of("shop")
                .table("orders", 9, "order_no int, total decimal, pk order_no")
                .table("items", 9, "sku text, price decimal, pk sku")
                .table(
                    "order_lines",
                    9,
                    "order_no int, line int, sku text, qty int, pk order_no line, fk order_no ->"
                        + " orders.order_no"));

    assertThat(
        yaml,
        allOf(
            containsString("  order_line: {hubs: [order, item], child: [line]}\n"),
            containsString("      order_line: {line: line}\n"),
            containsString("# guess: no foreign key says that sku refers to items")));
  }

  @Test
  public void numberedRowsOfOneThingAreMultiActive() {
    String yaml =
        draft(
            Schema.of("crm")
                .table("people", 9, "person_no int, height int, pk person_no")
                .table(
                    "phones",
                    9,
                    "person_no int, kind text, phone text, pk person_no kind, fk person_no ->"
                        + " people.person_no"));

    assertThat(
        yaml,
        allOf(
            containsString("        kind: multi_active\n"),
            containsString("        child: [kind]\n"),
            containsString("told apart by kind"),
            not(containsString("  phone: {"))));
  }

  @Test
  public void rowThatRefersToItsOwnTableMakesAHierarchy() {
    String yaml =
        draft(
            Schema.of("shop")
                .table(
                    "units",
                    9,
                    "country text, code text, parent_code text null, area decimal, pk country"
                        + " code"));

    assertThat(
        yaml,
        allOf(
            containsString(
                "  unit_parent: {hubs: {unit: unit, parent: unit}, kind: hierarchy, driving:"
                    + " unit}\n"),
            containsString(
                "      unit_parent: {parent: {country: country, code: parent_code, when_null:"
                    + " unknown}}\n")));
  }

  @Test
  public void twoReferencesToOneTableHaveRoles() {
    String yaml =
        draft(
            Schema.of("shop")
                .table("addresses", 9, "id int auto, street text, pk id")
                .table(
                    "orders",
                    9,
                    "order_no int, billing_address_id int, shipping_address_id int null, pk"
                        + " order_no"));

    assertThat(
        yaml,
        allOf(
            containsString("  order_billing: {hubs: {order: order, billing: address}"),
            containsString("      order_billing: {billing: {id: billing_address_id}}\n"),
            containsString(
                "      order_shipping: {shipping: {id: shipping_address_id, when_null:"
                    + " unknown}}\n")));
  }

  @Test
  public void smallListOfCodesIsAReferenceTable() {
    String yaml =
        draft(
            Schema.of("shop")
                .table("currencies", 3, "code text, name text, minor_units int, pk code")
                .table("prices", 9, "sku text, amount decimal, currency_code text, pk sku"));

    assertThat(
        yaml,
        allOf(
            containsString(
                "    reference: currency\n    key: code\n    columns: [name, minor_units]"),
            containsString("columns: [amount, currency_code]"),
            not(containsString("price_currency"))));
  }

  @Test
  public void rowsThatAreOnlyAddedAreTransactions() {
    String yaml =
        draft(
            Schema.of("erp")
                .table("units", 9, "unit_no int, area decimal, pk unit_no")
                .table("materials", 9, "material_no text, pack int, pk material_no")
                .table(
                    "stock_movements",
                    9_000,
                    "id int, unit_no int, material_no text, grams decimal, posted_at timestamp,"
                        + " pk id"));

    assertThat(
        yaml,
        allOf(
            containsString(
                "  stock_movement: {hubs: [unit, material], child: [stock_movement_id], kind:"
                    + " transaction}\n"),
            containsString("    load: dedup\n"),
            containsString("columns: [grams], applied: posted_at}"),
            containsString("# guess: rows are only added")));
  }

  @Test
  public void tableUnderTheKeyOfAnotherIsItsSatellite() {
    String yaml =
        draft(
            Schema.of("crm")
                .table("customers", 9, "customer_id int, since date, pk customer_id")
                .table("customer_scores", 9, "customer_id int, score int, pk customer_id"));

    assertThat(
        yaml,
        allOf(
            containsString("      customer_score_crm:\n        of: customer\n"),
            not(containsString("customer_score: {key"))));
  }

  @Test
  public void tableWithoutAKeyIsLeftOutByName() {
    String yaml =
        draft(
            Schema.of("crm")
                .table("notes", 9, "said text")
                .table("cities", 9, "code text, area decimal, pk code"));

    assertThat(yaml, containsString("  # crm.notes (about 9 rows) is left out: it has no primary"));
  }

  @Test
  public void sharedWordsOfAllNamesAreLeftOut() {
    String yaml =
        draft(
            Schema.of("olist")
                .table("olist_orders_dataset", 9, "order_id text, paid decimal, pk order_id")
                .table("olist_sellers_dataset", 9, "seller_id text, city text, pk seller_id")
                .table("olist_geo_dataset", 9, "zip text, city text, lat double, pk zip"));

    assertThat(
        yaml,
        allOf(
            containsString("  order: {key: order_id}\n"),
            containsString("  seller: {key: seller_id}\n")));
  }

  @Test
  public void chainsTwoDatabasesAreDraftedAsTheGoldenFileSays() throws IOException {
    Schema pos = ChainSchemas.pos();
    Schema erp = ChainSchemas.erp();
    String yaml = ModelDraft.of("chain", List.of(pos.found(), erp.found()));
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>(pos.catalogue());
    catalogue.putAll(erp.catalogue());

    assertThat(yaml, is(golden("chain.yaml", yaml)));
    assertThat(VaultModelReader.validate("draft", yaml, catalogue).toString(), is(""));
  }

  @Test
  public void olistIsDraftedAsTheGoldenFileSays() throws IOException {
    String yaml = ChainSchemas.olist().draft();

    assertThat(yaml, is(golden("olist.yaml", yaml)));
    assertThat(draft(ChainSchemas.olist()), is(yaml));
  }

  private static String golden(String name, String now) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (WRITE) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, now);
    }
    return Files.readString(file);
  }
}
