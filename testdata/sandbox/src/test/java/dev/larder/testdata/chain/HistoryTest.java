package dev.larder.testdata.chain;

import static dev.larder.testdata.chain.ChainTable.CONSUMPTION;
import static dev.larder.testdata.chain.ChainTable.ORDERS;
import static dev.larder.testdata.chain.ChainTable.ORDER_LINES;
import static dev.larder.testdata.chain.ChainTable.PIZZERIAS;
import static dev.larder.testdata.chain.ChainTable.PRODUCTS;
import static dev.larder.testdata.chain.ChainTable.RECIPES;
import static dev.larder.testdata.chain.ChainTable.STOCK_MOVEMENTS;
import static dev.larder.testdata.chain.Rows.value;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class HistoryTest {
  private static final ChainSettings SETTINGS =
      ChainSettings.endingOn(LocalDate.of(2026, 6, 30)).withDays(21);
  private static final Rows ROWS = Rows.of(History.of(SETTINGS));

  @Test
  public void sameSettingsGiveTheSameRows() {
    assertThat(Rows.of(History.of(SETTINGS)).fingerprint(), is(ROWS.fingerprint()));
  }

  @Test
  public void anotherSeedGivesOtherRows() {
    assertThat(
        Rows.of(History.of(SETTINGS.withSeed(7))).fingerprint(), is(not(ROWS.fingerprint())));
  }

  @Test
  public void theRowsOfASeedDoNotChangeBetweenVersions() {
    Object[] first = ROWS.of(ORDERS).get(0);

    assertThat(
        List.of(first).toString(),
        is(
            "[1, DE, 00011, 1, delivered, app, 13.30, EUR, 2026-06-10T11:09:55.989,"
                + " 2026-06-10T11:39:30.989]"));
  }

  @Test
  public void anOrderHasTwoAndAHalfLinesAndTenUses() {
    double orders = ROWS.of(ORDERS).size();

    assertThat(ROWS.of(ORDER_LINES).size() / orders, is(closeTo(2.5, 0.05)));
    assertThat(ROWS.of(CONSUMPTION).size() / orders, is(closeTo(10, 0.4)));
  }

  @Test
  public void everyTableIsInTheOrderOfItsTime() {
    assertThat(outOfOrder(ORDERS, "ordered_at"), is(empty()));
  }

  @Test
  public void idsAreUniqueAndCountedFromOne() {
    for (ChainTable table : List.of(ORDERS, ORDER_LINES, CONSUMPTION, STOCK_MOVEMENTS)) {
      for (int i = 0; i < ROWS.of(table).size(); i++) {
        assertThat(table.toString(), ROWS.of(table).get(i)[0], is((long) i + 1));
      }
    }
  }

  @Test
  public void orderNumbersAreUniqueWithinACountry() {
    Set<List<Object>> numbers = new HashSet<>();

    for (Object[] order : ROWS.of(ORDERS)) {
      numbers.add(List.of(value(ORDERS, order, "country_code"), value(ORDERS, order, "order_no")));
    }

    assertThat(numbers, hasSize(ROWS.of(ORDERS).size()));
  }

  @Test
  public void aTotalIsTheSumOfItsLines() {
    Map<List<Object>, BigDecimal> totals = new HashMap<>();
    for (Object[] line : ROWS.of(ORDER_LINES)) {
      BigDecimal amount =
          ((BigDecimal) value(ORDER_LINES, line, "unit_price"))
              .multiply(BigDecimal.valueOf((Integer) value(ORDER_LINES, line, "qty")))
              .multiply(
                  BigDecimal.valueOf(100)
                      .subtract((BigDecimal) value(ORDER_LINES, line, "discount")))
              .movePointLeft(2)
              .setScale(2, RoundingMode.HALF_UP);
      totals.merge(
          List.of(value(ORDER_LINES, line, "country_code"), value(ORDER_LINES, line, "order_no")),
          amount,
          BigDecimal::add);
    }

    for (Object[] order : ROWS.of(ORDERS)) {
      List<Object> number =
          List.of(value(ORDERS, order, "country_code"), value(ORDERS, order, "order_no"));
      assertThat(totals.get(number), is(equalTo(value(ORDERS, order, "total"))));
    }
  }

  @Test
  public void gramsUsedAreTheRecipesOfTheLines() {
    Map<Object, Map<Object, BigDecimal>> recipes = new HashMap<>();
    for (Object[] line : ROWS.of(RECIPES)) {
      recipes
          .computeIfAbsent(line[0], unused -> new HashMap<>())
          .put(line[1], (BigDecimal) line[2]);
    }
    Map<List<Object>, BigDecimal> expected = new HashMap<>();
    for (Object[] line : ROWS.of(ORDER_LINES)) {
      BigDecimal pieces = BigDecimal.valueOf((Integer) value(ORDER_LINES, line, "qty"));
      String land = value(ORDER_LINES, line, "country_code").toString().toLowerCase(Locale.ROOT);
      recipes
          .get(value(ORDER_LINES, line, "sku"))
          .forEach(
              (ingredient, grams) ->
                  expected.merge(
                      List.of(land, value(ORDER_LINES, line, "order_no"), ingredient),
                      grams.multiply(pieces),
                      BigDecimal::add));
    }

    Map<List<Object>, BigDecimal> used = new HashMap<>();
    for (Object[] use : ROWS.of(CONSUMPTION)) {
      used.put(
          List.of(
              value(CONSUMPTION, use, "land"),
              value(CONSUMPTION, use, "pos_order_no"),
              value(CONSUMPTION, use, "material_no")),
          (BigDecimal) value(CONSUMPTION, use, "grams"));
    }

    assertThat(used, is(equalTo(expected)));
  }

  @Test
  public void theMenuHasThirtyTwoPizzasAndSixtyIngredientsThatAreAllUsed() {
    Set<Object> ingredients = new HashSet<>();
    for (Object[] line : ROWS.of(RECIPES)) {
      ingredients.add(line[1]);
    }

    assertThat(ROWS.of(PRODUCTS), hasSize(32 * 4 + 4));
    assertThat(ingredients, hasSize(60));
    assertThat(ROWS.of(PIZZERIAS), hasSize(12));
  }

  private static List<Object> outOfOrder(ChainTable table, String column) {
    List<Object> wrong = new ArrayList<>();
    LocalDateTime last = LocalDateTime.MIN;
    for (Object[] row : ROWS.of(table)) {
      LocalDateTime time = (LocalDateTime) value(table, row, column);
      if (time.isBefore(last)) {
        wrong.add(row[0]);
      }
      last = time;
    }
    return wrong;
  }
}
