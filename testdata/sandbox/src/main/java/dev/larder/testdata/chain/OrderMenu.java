package dev.larder.testdata.chain;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Products, recipes and ingredients of {@code pizzas.csv} and {@code pizza_types.csv}. */
final class OrderMenu {
  static final int GRAMS_A_PORTION = 100;

  private static final int CENTS_PER_KG = 800;
  private static final List<Vendor> VENDORS =
      List.of(
          new Vendor("US-36-0000001", "Lakeside Produce Inc.", "US", 4.3),
          new Vendor("US-36-0000002", "Prairie Dairy & Meat Co.", "US", 4.0));

  private final List<Product> products;
  private final List<Ingredient> ingredients;
  private final Map<String, Product> bySku = new HashMap<>();

  private OrderMenu(List<Product> products, List<Ingredient> ingredients) {
    this.products = products;
    this.ingredients = ingredients;
    products.forEach(product -> bySku.put(product.sku(), product));
  }

  static OrderMenu in(Path directory) {
    Csv types = read(directory.resolve("pizza_types.csv"));
    Map<String, Integer> typeRows = new HashMap<>();
    Map<String, Set<String>> recipes = new LinkedHashMap<>();
    for (int i = 0; i < types.size(); i++) {
      typeRows.put(types.text(i, "pizza_type_id"), i);
      recipes.put(types.text(i, "pizza_type_id"), recipe(types.text(i, "ingredients")));
    }
    TreeSet<String> names =
        recipes.values().stream()
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Ingredient> ingredients = names.stream().map(name -> ingredient(names, name)).toList();

    Csv pizzas = read(directory.resolve("pizzas.csv"));
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < pizzas.size(); i++) {
      String type = pizzas.text(i, "pizza_type_id");
      Integer row = typeRows.get(type);
      if (row == null) {
        throw ChainErrors.unknownReference(
            "pizzas.csv", i + 2, "pizza_type_id", type, "pizza_types.csv");
      }
      Size size = size(pizzas, i);
      List<RecipeLine> recipe =
          recipes.get(type).stream()
              .map(
                  name ->
                      new RecipeLine(
                          names.headSet(name).size(),
                          (long) GRAMS_A_PORTION * size.portionTenths(),
                          0))
              .toList();
      products.add(
          new Product(
              i + 1,
              pizzas.text(i, "pizza_id"),
              types.text(row, "name"),
              types.text(row, "category"),
              size,
              pizzas.scaled(i, "price", 2),
              "USD",
              1,
              recipe));
    }
    return new OrderMenu(products, ingredients);
  }

  /** The rules of the evaluation's section 1; see {@link OrderFiles}. */
  static Set<String> recipe(String listed) {
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(listed.split(","))
        .map(name -> name.strip().replaceFirst("^['\u2018\u2019`]", ""))
        .forEach(names::add);
    boolean hasSauce = names.stream().anyMatch(name -> name.endsWith("Sauce"));
    names.add("Mozzarella Cheese");
    if (!hasSauce) {
      names.add("Tomato Sauce");
    }
    return names;
  }

  private static Ingredient ingredient(TreeSet<String> names, String name) {
    int number = names.headSet(name).size();
    return new Ingredient(
        String.format(Locale.ROOT, "ING-%03d", number + 1),
        name,
        7,
        name.contains("Cheese"),
        1_000,
        CENTS_PER_KG,
        0,
        VENDORS.get(number % VENDORS.size()).vatNo());
  }

  private static Size size(Csv pizzas, int row) {
    String text = pizzas.text(row, "size");
    return Arrays.stream(Size.values())
        .filter(size -> size.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ChainErrors.unknownReference(
                    "pizzas.csv", row + 2, "size", text, Arrays.toString(Size.values())));
  }

  /** The product, or null where the menu has none of that name. */
  Product product(String sku) {
    return bySku.get(sku);
  }

  Chain chain(LocalDate openedOn) {
    Pizzeria pizzeria =
        new Pizzeria(
            1, "US", 1, "The order file's pizzeria", "Chicago", "UTC", openedOn, "USD", 1, false);
    return new Chain(List.of(pizzeria), products, ingredients, VENDORS);
  }

  static Csv read(Path file) {
    if (!Files.isReadable(file)) {
      throw ChainErrors.noOrderFile(file);
    }
    try (Reader text = Files.newBufferedReader(file)) {
      return Csv.read(file.getFileName().toString(), text);
    } catch (IOException e) {
      throw ChainErrors.unreadable(file, e);
    }
  }
}
