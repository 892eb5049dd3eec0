package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Runs the mart's SQL where it will run, over a vault of a few rows made by hand. */
public class MartSqlTest {
  private static final String P1 = "'\\x01'::BLOB";
  private static final String P2 = "'\\x02'::BLOB";
  private static final String DOUGH = "'\\x0A'::BLOB";
  private static final String BASIL = "'\\x0B'::BLOB";

  private Connection duckdb;

  @Before
  public void makeVault() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    vaultWithTimeType("TIMESTAMP");
    run("INSERT INTO hub_pizzeria VALUES (" + P1 + ", 'DE', '00012'), (" + P2 + ", 'AT', '00013')");
    run("INSERT INTO hub_ingredient VALUES (" + DOUGH + ", 'DOUGH'), (" + BASIL + ", 'BASIL')");
    run("INSERT INTO sat_pizzeria_pos_current VALUES (" + P1 + ", 'Larder Hamburg')");
    run("INSERT INTO sat_ingredient_erp_current VALUES (" + DOUGH + ", 'Pizza Dough')");
  }

  @After
  public void closeVault() throws SQLException {
    duckdb.close();
  }

  @Test
  public void sumsPerPizzeriaIngredientAndDay() throws SQLException, IOException {
    use("01", P1, DOUGH, "F1", "2026-01-02 11:00:00", "220.0", "5.5", "0.3157", "1");
    use("02", P1, DOUGH, "F2", "2026-01-02 22:59:59.999", "330.0", "4.5", "0.4683", "2");
    use("03", P1, DOUGH, "F2", "2026-01-03 00:00:00", "110.0", "0.0", "0.1540", "3");

    assertThat(
        mart(),
        contains(
            "DE|00012|Larder Hamburg|DOUGH|Pizza Dough|2026-01-02|550.0|10.0|0.7840|2",
            "DE|00012|Larder Hamburg|DOUGH|Pizza Dough|2026-01-03|110.0|0.0|0.1540|1"));
  }

  @Test
  public void leavesOutEventsWhoseLatestStatusIsDeleted() throws SQLException, IOException {
    use("01", P1, DOUGH, "F1", "2026-01-02 11:00:00", "220.0", "5.5", "0.3157", "1");
    use("02", P1, DOUGH, "F2", "2026-01-02 12:00:00", "330.0", "4.5", "0.4683", "2");
    use("03", P1, DOUGH, "F3", "2026-01-02 13:00:00", "100.0", "0.0", "0.1400", "3");
    status("01", "I", "1");
    status("01", "D", "7");
    status("02", "I", "2");
    status("03", "D", "4");
    status("03", "I", "5");

    assertThat(
        mart(),
        contains("DE|00012|Larder Hamburg|DOUGH|Pizza Dough|2026-01-02|430.0|4.5|0.6083|2"));
  }

  @Test
  public void countsAnEventThatWasDeliveredTwiceOnce() throws SQLException, IOException {
    use("01", P1, DOUGH, "F1", "2026-01-02 11:00:00", "220.0", "5.5", "0.3157", "1");
    use("01", P1, DOUGH, "F1", "2026-01-02 11:00:00", "225.0", "5.5", "0.3227", "2");

    assertThat(
        mart(),
        contains("DE|00012|Larder Hamburg|DOUGH|Pizza Dough|2026-01-02|225.0|5.5|0.3227|1"));
  }

  @Test
  public void keepsAPizzeriaAndAnIngredientWithoutSatellite() throws SQLException, IOException {
    use("01", P2, BASIL, "F1", "2026-01-02 11:00:00", "5.0", "0.4", "0.0130", "1");

    assertThat(mart(), contains("AT|00013|null|BASIL|null|2026-01-02|5.0|0.4|0.0130|1"));
  }

  @Test
  public void takesTheDayInUtcWhateverTheTimeTypeAndTheSessionsZone()
      throws SQLException, IOException {
    run("SET TimeZone = 'Pacific/Kiritimati'");
    run("DROP TABLE link_consumption");
    linkWithTimeType("TIMESTAMP WITH TIME ZONE");
    use("01", P1, DOUGH, "F1", "2026-01-02 23:30:00+00", "220.0", "5.5", "0.3157", "1");

    assertThat(
        mart(),
        contains("DE|00012|Larder Hamburg|DOUGH|Pizza Dough|2026-01-02|220.0|5.5|0.3157|1"));
  }

  @Test
  public void hasTheTypesThatReadersRelyOn() throws SQLException, IOException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + sql())) {
      while (rows.next()) {
        columns.add(rows.getString(1) + " " + rows.getString(2));
      }
    }

    assertThat(
        columns,
        contains(
            "country VARCHAR",
            "unit_code VARCHAR",
            "pizzeria_name VARCHAR",
            "ingredient_code VARCHAR",
            "ingredient_name VARCHAR",
            "business_date DATE",
            "grams DECIMAL(18,1)",
            "waste_grams DECIMAL(18,1)",
            "cost DECIMAL(18,4)",
            "orders BIGINT"));
  }

  @Test
  public void anEmptyVaultGivesAnEmptyMart() throws SQLException, IOException {
    assertThat(mart(), is(List.of()));
  }

  private void vaultWithTimeType(String timeType) throws SQLException {
    run("CREATE TABLE hub_pizzeria (pizzeria_hk BLOB, country VARCHAR, code VARCHAR)");
    run("CREATE TABLE hub_ingredient (ingredient_hk BLOB, code VARCHAR)");
    run("CREATE TABLE sat_pizzeria_pos_current (pizzeria_hk BLOB, name VARCHAR)");
    run("CREATE TABLE sat_ingredient_erp_current (ingredient_hk BLOB, name VARCHAR)");
    run(
        "CREATE TABLE sts_consumption_erp_consumption"
            + " (consumption_hk BLOB, status VARCHAR, _seq VARCHAR)");
    linkWithTimeType(timeType);
  }

  private void linkWithTimeType(String timeType) throws SQLException {
    run(
        "CREATE TABLE link_consumption (consumption_hk BLOB, pizzeria_hk BLOB, ingredient_hk BLOB,"
            + " order_hk BLOB, grams DECIMAL(10,1), waste_grams DECIMAL(10,1), cost DECIMAL(12,4),"
            + " consumed_at "
            + timeType
            + ", _seq VARCHAR)");
  }

  private void use(String hk, String pizzeria, String ingredient, String order, String... rest)
      throws SQLException {
    run(
        "INSERT INTO link_consumption VALUES ('\\x"
            + hk
            + "'::BLOB, "
            + pizzeria
            + ", "
            + ingredient
            + ", '\\x"
            + order
            + "'::BLOB, "
            + rest[1]
            + ", "
            + rest[2]
            + ", "
            + rest[3]
            + ", '"
            + rest[0]
            + "', '"
            + rest[4]
            + "')");
  }

  private void status(String hk, String status, String sequence) throws SQLException {
    run(
        "INSERT INTO sts_consumption_erp_consumption VALUES ('\\x"
            + hk
            + "'::BLOB, '"
            + status
            + "', '"
            + sequence
            + "')");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> mart() throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(sql())) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  private static String sql() throws IOException {
    try (InputStream bytes =
        MartSqlTest.class.getResourceAsStream("marts/material_consumption_daily.sql")) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
