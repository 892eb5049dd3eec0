package dev.larder.testdata.chain;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Live steps around products and recipes. Business keys and recipes change only of products that
 * nobody has ever ordered, so that every line keeps its product and every use its recipe.
 */
final class LiveMenu {
  private static final String ADD_COLUMN = "ALTER TABLE pos.products ADD COLUMN spicy TINYINT NULL";
  private static final Pattern RENAMED_SKU = Pattern.compile("(.*)-R(\\d+)");
  private static final String NEW_NAME = " \u2013 now crispier";

  private final LiveShop shop;
  private final Cashier cashier;
  private final List<LiveProduct> sold = new ArrayList<>();
  private final List<LiveProduct> unsold = new ArrayList<>();
  private final ArrayDeque<DeletedLine> deletedLines = new ArrayDeque<>();
  private final ArrayDeque<PriceReturn> priceReturns = new ArrayDeque<>();
  private final List<String> alterations = new ArrayList<>();
  private boolean hasAddedColumn;
  private int lastId;

  private static final class LiveProduct {
    private int id;
    private String sku;
    private String name;
    private long cents;

    LiveProduct(int id, String sku, String name, long cents) {
      this.id = id;
      this.sku = sku;
      this.name = name;
      this.cents = cents;
    }
  }

  private record DeletedLine(LiveProduct product, Object ingredient, Object grams, Object waste) {}

  private record PriceReturn(LiveProduct product, long cents) {}

  LiveMenu(LiveShop shop, Cashier cashier) throws SQLException {
    this.shop = shop;
    this.cashier = cashier;
    for (Object[] row :
        shop.pos.query(
            "SELECT product_id, sku, name, price, is_active + 0 FROM pos.products ORDER BY 1")) {
      LiveProduct product =
          new LiveProduct(
              ((Number) row[0]).intValue(),
              (String) row[1],
              (String) row[2],
              ((BigDecimal) row[3]).movePointRight(2).longValueExact());
      (((Number) row[4]).intValue() == 1 ? sold : unsold).add(product);
      lastId = Math.max(lastId, product.id);
    }
    hasAddedColumn =
        shop.pos.number(
                "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'pos'"
                    + " AND table_name = 'products' AND column_name = 'spicy'")
            > 0;
  }

  List<String> alterations() {
    return List.copyOf(alterations);
  }

  /** A new price, or an earlier change taken back. */
  void changePrice() throws SQLException {
    if (priceReturns.isEmpty() || shop.dice.chance(0.5)) {
      LiveProduct product = shop.any(sold);
      priceReturns.add(new PriceReturn(product, product.cents));
      setPrice(product, product.cents + 10 + shop.dice.below(10) * 10L);
    } else {
      PriceReturn taken = priceReturns.remove();
      long back = taken.cents() == taken.product().cents ? taken.cents() + 10 : taken.cents();
      setPrice(taken.product(), back);
    }
    shop.pos.commit();
  }

  /** A price changes and changes back at once: in one transaction, or in two. */
  void changePriceAndBack() throws SQLException {
    LiveProduct product = shop.any(sold);
    long cents = product.cents;
    setPrice(product, cents + 100);
    if (shop.dice.chance(0.5)) {
      shop.pos.commit();
    }
    shop.tick();
    setPrice(product, cents);
    shop.pos.commit();
  }

  private void setPrice(LiveProduct product, long cents) throws SQLException {
    shop.pos.update(
        ChainTable.PRODUCTS,
        "SET price = ?, updated_at = ? WHERE product_id = ?",
        BigDecimal.valueOf(cents, 2),
        shop.now(),
        product.id);
    product.cents = cents;
    cashier.reprice(product.sku, cents);
  }

  /** A name changes; the next time the same product is drawn it changes back. */
  void rename() throws SQLException {
    LiveProduct product = shop.any(sold.subList(0, Math.min(8, sold.size())));
    String name = product.name;
    product.name =
        name.endsWith(NEW_NAME)
            ? name.substring(0, name.length() - NEW_NAME.length())
            : name + NEW_NAME;
    shop.pos.update(
        ChainTable.PRODUCTS,
        "SET name = ?, updated_at = ? WHERE product_id = ?",
        product.name,
        shop.now(),
        product.id);
    shop.pos.commit();
  }

  void addColumn() throws SQLException {
    if (hasAddedColumn) {
      setAddedColumn();
      return;
    }
    shop.pos.alter(ADD_COLUMN);
    hasAddedColumn = true;
    alterations.add(ADD_COLUMN);
  }

  void setAddedColumn() throws SQLException {
    if (!hasAddedColumn) {
      addColumn();
      return;
    }
    shop.pos.update(
        ChainTable.PRODUCTS,
        "SET spicy = 1 - COALESCE(spicy, 0), updated_at = ? WHERE product_id = ?",
        shop.now(),
        shop.any(sold).id);
    shop.pos.commit();
  }

  /** The primary key changes; the business key stays. */
  void changeKey() throws SQLException {
    LiveProduct product = shop.any(sold);
    int id = ++lastId;
    shop.pos.rekey(
        ChainTable.PRODUCTS,
        "SET product_id = ?, updated_at = ? WHERE product_id = ?",
        id,
        shop.now(),
        product.id);
    shop.pos.commit();
    product.id = id;
  }

  /** A product that is not sold yet, with the recipe of another. */
  void introduce() throws SQLException {
    Product model = shop.any(shop.chain.products());
    int id = ++lastId;
    LiveProduct product =
        new LiveProduct(id, "SEASONAL-" + id, "Seasonal " + id, model.priceCents());
    shop.pos.insert(
        ChainTable.PRODUCTS,
        id,
        product.sku,
        product.name,
        model.category(),
        model.size().name(),
        BigDecimal.valueOf(model.priceCents(), 2),
        model.currency(),
        false,
        shop.now());
    for (RecipeLine line : model.recipe()) {
      shop.pos.insert(
          ChainTable.RECIPES,
          product.sku,
          shop.chain.ingredients().get(line.ingredient()).code(),
          BigDecimal.valueOf(line.deciGrams(), 1),
          BigDecimal.valueOf(line.wasteHundredths(), 2));
    }
    shop.pos.commit();
    unsold.add(product);
  }

  /** The business key of a product that nobody ordered changes, in its recipe too. */
  void renameSku() throws SQLException {
    LiveProduct product = anyUnsold();
    Matcher renamed = RENAMED_SKU.matcher(product.sku);
    String sku =
        renamed.matches()
            ? renamed.group(1) + "-R" + (Integer.parseInt(renamed.group(2)) + 1)
            : product.sku + "-R1";
    shop.pos.update(
        ChainTable.PRODUCTS,
        "SET sku = ?, updated_at = ? WHERE product_id = ?",
        sku,
        shop.now(),
        product.id);
    shop.pos.rekey(ChainTable.RECIPES, "SET sku = ? WHERE sku = ?", sku, product.sku);
    shop.pos.commit();
    product.sku = sku;
  }

  /** A line of the recipe of a product that nobody ordered goes, or one that went comes back. */
  void deleteOrRestoreRecipeLine() throws SQLException {
    LiveProduct product = anyUnsold();
    boolean restore = !deletedLines.isEmpty() && shop.dice.chance(0.4);
    List<Object[]> lines =
        shop.pos.query(
            "SELECT ingredient_code, grams, waste_pct FROM pos.recipes WHERE sku = ? ORDER BY 1",
            product.sku);
    if (restore) {
      DeletedLine line = deletedLines.remove();
      shop.pos.insert(
          ChainTable.RECIPES, line.product().sku, line.ingredient(), line.grams(), line.waste());
    } else if (!lines.isEmpty()) {
      Object[] line = shop.any(lines);
      shop.pos.delete(
          ChainTable.RECIPES, "WHERE sku = ? AND ingredient_code = ?", product.sku, line[0]);
      deletedLines.add(new DeletedLine(product, line[0], line[1], line[2]));
    }
    shop.pos.commit();
  }

  private LiveProduct anyUnsold() throws SQLException {
    if (unsold.isEmpty()) {
      introduce();
    }
    return shop.any(unsold);
  }
}
