package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * Olist's marketplace end to end on real servers: discovered, snapshotted, changed while the log is
 * read, loaded, asked. What must be in the vault is written here from the source's tables.
 */
public class OlistIT {
  @ClassRule public static final OlistSandbox OLIST = OlistSandbox.of(OlistIT.class);

  private static Path lake;

  @BeforeClass
  public static void load() throws SQLException {
    lake = OLIST.path("lake");
    run("snapshot", OLIST.kafka());
    run("stream", OLIST.kafka());
    change();
    run("stream", OLIST.kafka());
    // Snapshots are taken at three in the morning: of what was loaded just now, tomorrow. Of what
    // was loaded before three there is one of today, too.
    String asOf = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS).toString();
    larder("mart", OLIST.model(), List.of("--lake=" + lake, "--asOf=" + asOf)).succeeded();
  }

  /** An order goes to another customer, one is delivered, a payment and a seller go, one comes. */
  private static void change() throws SQLException {
    try (Sql sql = OLIST.connect()) {
      String first = "(SELECT * FROM (SELECT MIN(order_id) FROM orders) o)";
      String last = "(SELECT * FROM (SELECT MAX(order_id) FROM orders) o)";
      sql.run(
          "UPDATE orders SET customer_id = (SELECT * FROM (SELECT customer_id FROM orders WHERE"
              + " order_id = "
              + last
              + ") c) WHERE order_id = "
              + first,
          "UPDATE orders SET order_status = 'returned' WHERE order_id = " + last,
          "DELETE FROM order_payments WHERE payment_sequential > 1",
          "DELETE FROM sellers WHERE seller_state <> 'SP'",
          "INSERT INTO category_translations VALUES ('novidades', 'news')",
          "INSERT INTO order_items SELECT order_id, 99, product_id, seller_id,"
              + " shipping_limit_date, 1.50, 0.25 FROM order_items WHERE order_id = "
              + first
              + " AND order_item_id = 1");
    }
  }

  private static Command run(String verb, List<String> more) {
    return larder(verb, OLIST.model(), List.of(OLIST.source(), "--lake=" + lake), more).succeeded();
  }

  private static String vault(String query) throws SQLException {
    return Asked.lake(lake, query);
  }

  /** The rows of a PIT or bridge at its newest snapshot. */
  private static String newest(String table) {
    return String.format("(SELECT * FROM %1$s WHERE as_of = (SELECT MAX(as_of) FROM %1$s))", table);
  }

  private static String source(String query) throws SQLException {
    try (Sql sql = OLIST.connect()) {
      return Asked.source(sql, query);
    }
  }

  /** Rows of a satellite that are the last of their key, whose key lives. */
  private static String living(String satellite, String status, String key) {
    return String.format(
        "(SELECT * FROM %1$s s WHERE %3$s IN (SELECT %3$s FROM (SELECT * FROM %2$s QUALIFY"
            + " row_number() OVER (PARTITION BY %3$s ORDER BY _seq DESC) = 1) WHERE status = 'I')"
            + " QUALIFY row_number() OVER (PARTITION BY %3$s ORDER BY _seq DESC) = 1)",
        satellite, status, key);
  }

  @Test
  public void draftOfTheMarketplaceIsAModelThatCanBePlanned() throws IOException {
    Path out = OLIST.path("drafted.yaml");
    larder("discover", List.of(OLIST.source(), "--out=" + out)).succeeded();

    assertThat(
        Files.readString(out),
        allOf(
            containsString("  order_item: {hubs: [order, product, seller], child: "),
            containsString("        kind: multi_active\n"),
            containsString("    reference: category_translation\n")));
    assertThat(
        larder("plan", List.of("--model=" + out, OLIST.source())).succeeded().said(),
        containsString("vault/hub_seller"));
  }

  @Test
  public void planSaysThatTheLakeIsAsTheModelWants() {
    assertThat(run("plan", List.of()).said(), containsString("Difference to the lake:\n  none\n"));
  }

  @Test
  public void hubsHaveEveryKeyThatEverWasAndNoOther() throws SQLException {
    assertThat(
        vault(
            "SELECT (SELECT COUNT(*) FROM hub_order), (SELECT COUNT(*) FROM hub_customer),"
                + " (SELECT COUNT(*) FROM hub_product), (SELECT COUNT(*) FROM hub_seller)"),
        is(
            String.format(
                "[%d, %d, %d, %d]",
                OLIST.rows().get("orders"),
                OLIST.rows().get("customers"),
                OLIST.rows().get("products"),
                OLIST.rows().get("sellers"))));
    assertThat(
        vault("SELECT COUNT(*), MIN(person_id), MAX(person_id) FROM hub_person"),
        is(
            source(
                "SELECT COUNT(DISTINCT customer_unique_id), MIN(customer_unique_id),"
                    + " MAX(customer_unique_id) FROM customers")));
  }

  @Test
  public void ordersHaveTheirLatestState() throws SQLException {
    String current = living("sat_order_shop", "sts_order_shop_orders", "order_hk");
    assertThat(
        vault(
            "SELECT status, COUNT(*) AS n, COUNT(delivered_at) FROM "
                + current
                + " GROUP BY status ORDER BY status"),
        is(
            source(
                "SELECT order_status, COUNT(*), COUNT(order_delivered_customer_date) FROM orders"
                    + " GROUP BY order_status ORDER BY order_status")));
  }

  @Test
  public void linesOfOrdersAreThereWithTheirPrices() throws SQLException {
    String current =
        living("sat_order_item_shop", "sts_order_item_shop_order_items", "order_item_hk");
    assertThat(
        vault(
            "SELECT COUNT(*), SUM(price), SUM(freight), MAX(item_no) FROM "
                + current
                + " JOIN link_order_item USING (order_item_hk)"),
        is(
            source(
                "SELECT COUNT(*), SUM(price), SUM(freight_value), MAX(order_item_id) FROM"
                    + " order_items")));
  }

  @Test
  public void ordersBelongToTheCustomersThatTheyBelongToNow() throws SQLException {
    assertThat(
        vault(
            "SELECT MIN(order_id), MIN(customer_id) FROM (SELECT * FROM sat_order_customer_eff"
                + " QUALIFY row_number() OVER (PARTITION BY order_customer_hk ORDER BY _seq DESC) ="
                + " 1) JOIN hub_order USING (order_hk) JOIN hub_customer USING (customer_hk) WHERE"
                + " order_id = (SELECT MIN(order_id) FROM hub_order) AND EffectiveTo > TIMESTAMP"
                + " '9000-01-01'"),
        is(
            source(
                "SELECT order_id, customer_id FROM orders WHERE order_id = (SELECT MIN(order_id)"
                    + " FROM orders)")));
  }

  @Test
  public void sellersThatAreGoneAreMarkedDeleted() throws SQLException {
    assertThat(
        vault(
            "SELECT COUNT(*) FROM "
                + living("sat_seller_shop", "sts_seller_shop_sellers", "seller_hk")),
        is(source("SELECT COUNT(*) FROM sellers")));
  }

  @Test
  public void categoriesAreAReferenceTable() throws SQLException {
    assertThat(
        vault("SELECT COUNT(*), MIN(category), MAX(english) FROM ref_category"),
        is(
            source(
                "SELECT COUNT(*), MIN(product_category_name), MAX(product_category_name_english)"
                    + " FROM category_translations")));
  }

  @Test
  public void pitNamesTheVersionsOfTheNewestSnapshot() throws SQLException {
    assertThat(
        vault(
            "SELECT s.status, COUNT(*) FROM "
                + newest("pit_order_pit")
                + " p JOIN sat_order_shop s ON s.order_hk ="
                + " p.order_shop_hk AND s._seq = p.order_shop_seq GROUP BY s.status ORDER BY"
                + " s.status"),
        is(
            source(
                "SELECT order_status, COUNT(*) FROM orders GROUP BY order_status ORDER BY"
                    + " order_status")));
  }

  @Test
  public void bridgeLeadsFromCustomersToWhatTheyBought() throws SQLException {
    assertThat(
        vault(
            "SELECT COUNT(*), COUNT(DISTINCT customer_hk), COUNT(DISTINCT product_hk) FROM "
                + newest("bridge_sales_bridge")),
        is(
            source(
                "SELECT COUNT(*), COUNT(DISTINCT customer_id), COUNT(DISTINCT product_id) FROM"
                    + " order_items JOIN orders USING (order_id)")));
  }

  @Test
  public void verifyFindsNoDifference() {
    assertThat(run("verify", List.of()).said(), containsString("no difference"));
  }

  @Test
  public void martHasWhatASumOverTheSourceSays() throws SQLException {
    assertThat(
        vault(
            "SELECT category, SUM(items), SUM(price) FROM sales_by_category GROUP BY category ORDER"
                + " BY category"),
        is(
            source(
                "SELECT COALESCE(c.product_category_name_english, p.product_category_name,"
                    + " '(none)') AS category, COUNT(*), SUM(i.price) FROM order_items i JOIN"
                    + " orders o USING (order_id) LEFT JOIN products p USING (product_id) LEFT JOIN"
                    + " category_translations c USING (product_category_name) GROUP BY category"
                    + " ORDER BY category")));
  }
}
