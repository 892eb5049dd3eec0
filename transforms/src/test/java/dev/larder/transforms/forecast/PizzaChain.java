package dev.larder.transforms.forecast;

import static org.junit.Assume.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A year of a pizzeria's orders (the public, synthetic {@code pizzaplace} data), turned into daily
 * observations of ingredients by the rules of the forecasting evaluation: an order line uses of
 * each ingredient of its recipe the quantity times a weight of its size.
 */
final class PizzaChain {
  private static final Map<String, Double> PORTIONS =
      Map.of("S", 1.0, "M", 1.5, "L", 2.0, "XL", 2.5, "XXL", 3.0);

  private PizzaChain() {}

  /** The observations of one pizzeria, or of several that the orders are dealt out to. */
  static List<Observation> observations(int pizzerias) {
    Map<String, Set<String>> recipes = recipes();
    Map<String, List<String>> pizzas = byFirstColumn("pizzas.csv");
    Map<String, List<String>> orders = byFirstColumn("orders.csv");
    List<Observation> observations = new ArrayList<>();
    for (List<String> line : rows("order_details.csv")) {
      String order = line.get(1);
      List<String> pizza = pizzas.get(line.get(2));
      int day = (int) LocalDate.parse(orders.get(order).get(1)).toEpochDay();
      double use = Integer.parseInt(line.get(3)) * PORTIONS.get(pizza.get(2));
      for (String ingredient : recipes.get(pizza.get(1))) {
        SeriesKey key = new SeriesKey(pizzeria(Long.parseLong(order), pizzerias), ingredient);
        observations.add(new Observation(key, day, use));
      }
    }
    return observations;
  }

  private static String pizzeria(long order, int pizzerias) {
    long dealt = (order * 2654435761L % (1L << 32)) / ((1L << 32) / pizzerias);
    return String.valueOf(1 + dealt);
  }

  private static Map<String, Set<String>> recipes() {
    Map<String, Set<String>> recipes = new HashMap<>();
    for (List<String> type : rows("pizza_types.csv")) {
      Set<String> ingredients = new TreeSet<>();
      for (String ingredient : type.get(3).split(",", -1)) {
        ingredients.add(ingredient.trim().replaceFirst("^[\u2018']+", ""));
      }
      ingredients.add("Mozzarella Cheese");
      if (ingredients.stream().noneMatch(ingredient -> ingredient.endsWith("Sauce"))) {
        ingredients.add("Tomato Sauce");
      }
      recipes.put(type.get(0), ingredients);
    }
    return recipes;
  }

  /** The published series to check the forming against: "date ingredient" to value or empty. */
  static Map<String, String> published() {
    Path file = shared().resolve("forecast/pizza_daily_ingredient.csv.gz");
    assumeTrue("skipped: no published series beside the project", Files.exists(file));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      Map<String, String> values = new HashMap<>();
      reader
          .lines()
          .skip(1)
          .map(PizzaChain::cells)
          .forEach(row -> values.put(row.get(0) + " " + row.get(1), row.get(2)));
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path shared() {
    return Path.of(System.getProperty("larder.root", ".."), "..", "shared");
  }

  private static Map<String, List<String>> byFirstColumn(String file) {
    Map<String, List<String>> rows = new HashMap<>();
    rows(file).forEach(row -> rows.put(row.get(0), row));
    return rows;
  }

  private static List<List<String>> rows(String name) {
    Path file = shared().resolve("data/pizza").resolve(name);
    assumeTrue("skipped: no pizza data beside the project", Files.exists(file));
    try {
      return Files.readAllLines(file).stream().skip(1).map(PizzaChain::cells).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cells of a line; quotes hold commas together, none of the files escapes a quote. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
