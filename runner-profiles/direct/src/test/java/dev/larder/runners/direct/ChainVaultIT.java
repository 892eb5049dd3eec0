package dev.larder.runners.direct;

import static dev.larder.runners.direct.ChainSandbox.lake;
import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * The pizza chain's vault with its ends, relations, PITs, bridge and mart, from two MySQL servers.
 * What must be in it is written here from the sources' tables.
 */
public class ChainVaultIT {
  @ClassRule public static final ChainSandbox CHAIN = ChainSandbox.of(ChainVaultIT.class);

  private static Path lake;

  @BeforeClass
  public static void load() throws SQLException {
    lake = CHAIN.path("lake");
    larder("snapshot", CHAIN.sources(), lake(lake), CHAIN.kafka()).succeeded();
    larder("stream", CHAIN.sources(), lake(lake), CHAIN.kafka()).succeeded();
    // Snapshots are taken at three in the morning: of what was loaded just now, tomorrow. Of what
    // was loaded before three there is one of today, too.
    String asOf = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS).toString();
    larder("mart", List.of("--model=" + CHAIN.model(), "--asOf=" + asOf), lake(lake)).succeeded();
  }

  private static String vault(String query) throws SQLException {
    return Asked.lake(lake, query);
  }

  /** The rows of a PIT or bridge at its newest snapshot. */
  private static String newest(String table) {
    return String.format("(SELECT * FROM %1$s WHERE as_of = (SELECT MAX(as_of) FROM %1$s))", table);
  }

  private static String source(String database, String query) throws SQLException {
    MySqlServer server = CHAIN.services().mySql(database);
    try (Sql sql = server.connect(database, server.app())) {
      return Asked.source(sql, query);
    }
  }

  @Test
  public void ordersAreOpenAtThePizzeriaThatTheSourceNames() throws SQLException {
    assertThat(
        vault(
            "SELECT country, code, COUNT(*) FROM sat_order_pizzeria_eff JOIN link_order_pizzeria"
                + " USING (order_pizzeria_hk) JOIN hub_pizzeria ON hub_pizzeria.pizzeria_hk ="
                + " link_order_pizzeria.pizzeria_hk GROUP BY ALL ORDER BY ALL"),
        is(
            source(
                "pos",
                "SELECT country_code, unit_code, COUNT(*) FROM orders GROUP BY country_code,"
                    + " unit_code ORDER BY country_code, unit_code")));
  }

  @Test
  public void vendorsHaveOneCurrentVersionEach() throws SQLException {
    assertThat(
        vault(
            "SELECT tax_id, name, country FROM sat_supplier_erp JOIN hub_supplier USING"
                + " (supplier_hk) WHERE Current ORDER BY tax_id"),
        is(source("erp", "SELECT vat_no, name, country FROM vendors ORDER BY vat_no")));
  }

  @Test
  public void pitOfPizzeriasMeetsTheSatellitesOfBothServers() throws SQLException {
    String met =
        "FROM "
            + newest("pit_pizzeria_pit")
            + " p JOIN hub_pizzeria USING (pizzeria_hk) JOIN sat_pizzeria_pos s ON"
            + " s.pizzeria_hk = p.pizzeria_pos_hk AND s._seq = p.pizzeria_pos_seq JOIN"
            + " sat_pizzeria_erp e ON e.pizzeria_hk = p.pizzeria_erp_hk AND e._seq ="
            + " p.pizzeria_erp_seq ORDER BY code";
    assertThat(
        vault("SELECT code, city " + met),
        is(source("pos", "SELECT unit_code, city FROM pizzerias ORDER BY unit_code")));
    assertThat(
        vault("SELECT code, warehouse " + met),
        is(source("erp", "SELECT LPAD(unit_no, 5, '0'), warehouse FROM units ORDER BY unit_no")));
  }

  @Test
  public void bridgeLeadsFromProductsToWhatTheyAreMadeOf() throws SQLException {
    assertThat(
        vault(
            "SELECT sku, code FROM "
                + newest("bridge_recipe_bridge")
                + " b JOIN hub_product USING (product_hk) JOIN"
                + " hub_ingredient USING (ingredient_hk) ORDER BY sku, code"),
        is(
            source(
                "pos", "SELECT sku, ingredient_code FROM recipes ORDER BY sku, ingredient_code")));
  }

  @Test
  public void martHoldsWhatWasConsumed() throws SQLException {
    assertThat(
        vault("SELECT SUM(grams), SUM(waste_grams), SUM(cost) FROM material_consumption_daily"),
        is(source("erp", "SELECT SUM(grams), SUM(waste_grams), SUM(cost) FROM consumption")));
  }

  @Test
  public void verifyFindsNoDifference() {
    larder("verify", CHAIN.sources(), lake(lake)).succeeded();
  }
}
