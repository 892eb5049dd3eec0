package dev.larder.testdata.chain;

import static dev.larder.testdata.chain.ChainTable.CONSUMPTION;
import static dev.larder.testdata.chain.ChainTable.MATERIALS;
import static dev.larder.testdata.chain.ChainTable.ORDERS;
import static dev.larder.testdata.chain.ChainTable.ORDER_LINES;
import static dev.larder.testdata.chain.Rows.value;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;
import static org.junit.Assume.assumeTrue;

import dev.larder.io.changes.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class OrderFilesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void makesOrdersLinesAndUsesOfTheFiles() throws IOException {
    write("orders.csv", "order_id,date,time\n7,2015-01-02,12:30:00\n3,2015-01-01,11:38:36\n");
    write(
        "order_details.csv",
        "order_details_id,order_id,pizza_id,quantity\n1,3,cal_l,2\n2,7,bbq_s,1\n");
    writeMenu();

    Rows rows = Rows.of(OrderFiles.in(folder.getRoot().toPath()));

    assertThat(
        rows.of(ORDERS).stream().map(List::of).map(List::toString).toList(),
        contains(
            "[3, US, 00001, 3, delivered, counter, 41.00, USD, 2015-01-01T11:38:36,"
                + " 2015-01-01T12:08:36]",
            "[7, US, 00001, 7, delivered, counter, 12.75, USD, 2015-01-02T12:30,"
                + " 2015-01-02T13:00]"));
    assertThat(
        gramsByName(rows),
        is(
            equalTo(
                Map.of(
                    "2015-01-01 Nduja Salami", new BigDecimal("400.0"),
                    "2015-01-01 Garlic", new BigDecimal("400.0"),
                    "2015-01-01 Mozzarella Cheese", new BigDecimal("400.0"),
                    "2015-01-01 Tomato Sauce", new BigDecimal("400.0"),
                    "2015-01-02 Chicken", new BigDecimal("100.0"),
                    "2015-01-02 Mozzarella Cheese", new BigDecimal("100.0"),
                    "2015-01-02 Barbecue Sauce", new BigDecimal("100.0")))));
  }

  @Test
  public void movesDaysByWholeWeeks() throws IOException {
    write("orders.csv", "order_id,date,time\n1,2015-12-31,11:38:36\n");
    write("order_details.csv", "order_details_id,order_id,pizza_id,quantity\n1,1,cal_l,2\n");
    writeMenu();

    OrderFiles moved = OrderFiles.in(folder.getRoot().toPath()).endingBy(LocalDate.of(2026, 6, 30));

    assertThat(moved.lastDay(), is(LocalDate.of(2026, 6, 25)));
    assertThat(moved.lastDay().getDayOfWeek(), is(LocalDate.of(2015, 12, 31).getDayOfWeek()));
    assertThat(
        value(ORDERS, Rows.of(moved).of(ORDERS).get(0), "ordered_at"),
        is(LocalDateTime.of(2026, 6, 25, 11, 38, 36)));
  }

  @Test
  public void namesTheFileThatIsMissing() {
    Path directory = folder.getRoot().toPath();

    UserException error = assertThrows(UserException.class, () -> OrderFiles.in(directory));

    assertThat(
        error.getMessage(),
        is(
            "--orders="
                + directory
                + ": no readable file pizza_types.csv.\n"
                + "The directory must hold orders.csv, order_details.csv, pizzas.csv and"
                + " pizza_types.csv."));
  }

  @Test
  public void namesTheLineWhosePizzaIsUnknown() throws IOException {
    write("orders.csv", "order_id,date,time\n1,2015-12-31,11:38:36\n");
    write("order_details.csv", "order_details_id,order_id,pizza_id,quantity\n1,1,x_s,2\n");
    writeMenu();

    UserException error =
        assertThrows(UserException.class, () -> OrderFiles.in(folder.getRoot().toPath()));

    assertThat(
        error.getMessage(),
        is("order_details.csv, record 2: pizza_id \"x_s\" is not in pizzas.csv."));
  }

  @Test
  public void namesTheOrderWhoseTimeIsWrong() throws IOException {
    write("orders.csv", "order_id,date,time\n1,2015-12-31,25:38:36\n");
    writeMenu();

    UserException error =
        assertThrows(UserException.class, () -> OrderFiles.in(folder.getRoot().toPath()));

    assertThat(
        error.getMessage(),
        is(
            "orders.csv, record 2: date, time is \"2015-12-31 25:38:36\". Give a date as 2015-12-31"
                + " and a time as 23:59:59."));
  }

  /** The published series are portions a day and ingredient, empty on closed days. */
  @Test
  public void portionsOfTheRealFilesAreThePublishedSeries() throws IOException {
    Path shared = Path.of(System.getProperty("larder.root", "."), "../shared").normalize();
    Path data = shared.resolve("data/pizza");
    Path published = shared.resolve("forecast/pizza_daily_ingredient.csv.gz");
    assumeTrue(
        "../shared/data/pizza and ../shared/forecast are not here",
        Files.isDirectory(data) && Files.isReadable(published));

    Rows rows = Rows.of(OrderFiles.in(data));

    assertThat(rows.of(ORDERS), hasSize(21_350));
    assertThat(rows.of(ORDER_LINES), hasSize(48_620));
    assertThat(rows.of(MATERIALS), hasSize(66));
    Map<String, BigDecimal> portions = portionsByName(rows);
    Map<String, BigDecimal> expected = series(published);
    assertThat(
        expected.values().stream().filter(any -> any.signum() > 0).count() > 20_000, is(true));
    expected.values().removeIf(value -> value.signum() == 0);
    assertThat(portions, is(aMapWithSize(expected.size())));
    assertThat(portions, is(equalTo(expected)));
  }

  private static Map<String, BigDecimal> series(Path file) throws IOException {
    Map<String, BigDecimal> series = new HashMap<>();
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      Csv csv = Csv.read("series", text);
      for (int i = 0; i < csv.size(); i++) {
        String portions = csv.text(i, "consumption");
        if (!portions.isEmpty()) {
          series.put(
              csv.text(i, "date") + " " + csv.text(i, "ingredient"),
              new BigDecimal(portions).setScale(1));
        }
      }
    }
    return series;
  }

  private static Map<String, BigDecimal> portionsByName(Rows rows) {
    Map<String, BigDecimal> portions = new HashMap<>();
    gramsByName(rows)
        .forEach((key, grams) -> portions.put(key, grams.movePointLeft(2).setScale(1)));
    return portions;
  }

  private static Map<String, BigDecimal> gramsByName(Rows rows) {
    Map<Object, Object> names = new HashMap<>();
    rows.of(MATERIALS).forEach(row -> names.put(row[0], row[1]));
    Map<String, BigDecimal> grams = new HashMap<>();
    for (Object[] use : rows.of(CONSUMPTION)) {
      LocalDateTime at = (LocalDateTime) value(CONSUMPTION, use, "consumed_at");
      grams.merge(
          at.toLocalDate() + " " + names.get(value(CONSUMPTION, use, "material_no")),
          (BigDecimal) value(CONSUMPTION, use, "grams"),
          BigDecimal::add);
    }
    return grams;
  }

  private void writeMenu() throws IOException {
    write("pizzas.csv", "pizza_id,pizza_type_id,size,price\nbbq_s,bbq,S,12.75\ncal_l,cal,L,20.5\n");
    write(
        "pizza_types.csv",
        "pizza_type_id,name,category,ingredients\n"
            + "bbq,\"Barbecue, Chicken\",Chicken,\"Chicken, Barbecue Sauce\"\n"
            + "cal,Calabrese,Supreme,\"\u2018Nduja Salami, Garlic\"\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.getRoot().toPath().resolve(name), text);
  }
}
