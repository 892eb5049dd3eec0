package dev.larder.testdata.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The generated chain's menu out of three small files beside this class: {@code ingredients.csv},
 * {@code pizzas.csv} (recipes in grams of a small pizza, prices of it in euro) and {@code
 * vendors.csv}.
 */
record Menu(List<Product> products, List<Ingredient> ingredients, List<Vendor> vendors) {

  /** What of a pizza's orders falls on each size, in percent. */
  private static final Map<Size, Integer> SHARES =
      Map.of(Size.S, 24, Size.M, 32, Size.L, 34, Size.XL, 10);

  /** Price of a size in percent of the small pizza's. */
  private static final Map<Size, Integer> PRICE_PERCENT =
      Map.of(Size.S, 100, Size.M, 130, Size.L, 160, Size.XL, 195, Size.XXL, 230);

  /** Sizes that were given up: still in the tables, ordered by nobody. */
  private static final Set<String> WITH_XXL =
      Set.of("MARGHERITA", "PEPPERONI", "SALAME", "BIG-MEAT");

  static Menu ofTheChain() {
    Csv ingredientFile = resource("ingredients.csv");
    List<Ingredient> ingredients = new ArrayList<>();
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (int i = 0; i < ingredientFile.size(); i++) {
      ingredients.add(ingredient(ingredientFile, i));
      indexes.put(ingredients.get(i).code(), i);
    }
    Csv pizzas = resource("pizzas.csv");
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < pizzas.size(); i++) {
      for (Size size : Size.values()) {
        if (size != Size.XXL || WITH_XXL.contains(pizzas.text(i, "code"))) {
          products.add(product(products.size() + 1, pizzas, i, size, ingredients, indexes));
        }
      }
    }
    return new Menu(products, ingredients, vendorFile());
  }

  private static Ingredient ingredient(Csv file, int row) {
    return new Ingredient(
        file.text(row, "code"),
        file.text(row, "name"),
        (int) file.number(row, "shelf_life_days"),
        file.number(row, "allergen") == 1,
        (int) file.number(row, "pack_grams"),
        (int) file.number(row, "cents_per_kg"),
        file.scaled(row, "waste_pct", 2),
        file.text(row, "vendor"));
  }

  private static Product product(
      int id,
      Csv file,
      int row,
      Size size,
      List<Ingredient> ingredients,
      Map<String, Integer> indexes) {
    List<RecipeLine> recipe = new ArrayList<>();
    for (String part : file.text(row, "recipe").split(" ")) {
      String[] codeAndGrams = part.split(":");
      int ingredient = indexes.get(codeAndGrams[0]);
      recipe.add(
          new RecipeLine(
              ingredient,
              Long.parseLong(codeAndGrams[1]) * size.portionTenths(),
              ingredients.get(ingredient).wasteHundredths()));
    }
    long cents = file.scaled(row, "price", 2) * PRICE_PERCENT.get(size) / 100;
    return new Product(
        id,
        file.text(row, "code") + "-" + size,
        file.text(row, "name") + " " + size,
        file.text(row, "category"),
        size,
        (cents + 5) / 10 * 10,
        "EUR",
        (double) file.number(row, "popularity") * SHARES.getOrDefault(size, 0),
        List.copyOf(recipe));
  }

  private static List<Vendor> vendorFile() {
    Csv file = resource("vendors.csv");
    List<Vendor> vendors = new ArrayList<>();
    for (int i = 0; i < file.size(); i++) {
      vendors.add(
          new Vendor(
              file.text(i, "vat_no"),
              file.text(i, "name"),
              file.text(i, "country"),
              Double.parseDouble(file.text(i, "rating"))));
    }
    return vendors;
  }

  private static Csv resource(String name) {
    try (InputStream bytes = Menu.class.getResourceAsStream(name)) {
      return Csv.read(name, new InputStreamReader(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + name + " of the class path", e);
    }
  }
}
