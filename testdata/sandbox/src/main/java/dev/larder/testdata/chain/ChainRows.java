package dev.larder.testdata.chain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.List;

/** Turns what the chain has and does into rows of its tables. Counts the ids of rows as it goes. */
final class ChainRows {
  private final Chain chain;
  private final RowSink sink;
  private long lastLine;
  private long lastUse;
  private long lastMovement;

  ChainRows(Chain chain, RowSink sink) {
    this.chain = chain;
    this.sink = sink;
  }

  /** Continues counting after rows that are already there. */
  ChainRows after(long line, long use, long movement) {
    lastLine = line;
    lastUse = use;
    lastMovement = movement;
    return this;
  }

  /** All that does not happen but is: every table but orders, lines, consumption, movements. */
  void reference(LocalDateTime updatedAt) {
    for (Pizzeria pizzeria : chain.pizzerias()) {
      pizzeria(pizzeria, updatedAt);
    }
    for (Product product : chain.products()) {
      product(product, updatedAt);
    }
    for (Ingredient ingredient : chain.ingredients()) {
      sink.row(
          ChainTable.MATERIALS,
          ingredient.code(),
          ingredient.name(),
          "g",
          ingredient.shelfLifeDays(),
          ingredient.allergen(),
          ingredient.packGrams());
    }
    for (Vendor vendor : chain.vendors()) {
      sink.row(
          ChainTable.VENDORS, vendor.vatNo(), vendor.name(), vendor.country(), vendor.rating());
    }
  }

  private void pizzeria(Pizzeria pizzeria, LocalDateTime updatedAt) {
    sink.row(
        ChainTable.PIZZERIAS,
        pizzeria.id(),
        pizzeria.country(),
        pizzeria.unitCode(),
        pizzeria.name(),
        pizzeria.city(),
        pizzeria.timezone(),
        pizzeria.openedOn(),
        updatedAt);
    sink.row(
        ChainTable.UNITS,
        pizzeria.unitNo(),
        pizzeria.land(),
        Pizzerias.legalEntity(pizzeria),
        pizzeria.country() + "-W" + (1 + pizzeria.id() % 3),
        BigDecimal.valueOf(900 + Math.round(600 * pizzeria.level()), 1));
  }

  private void product(Product product, LocalDateTime updatedAt) {
    sink.row(
        ChainTable.PRODUCTS,
        product.id(),
        product.sku(),
        product.name(),
        product.category(),
        product.size().name(),
        BigDecimal.valueOf(product.priceCents(), 2),
        product.currency(),
        product.active(),
        updatedAt);
    for (RecipeLine line : product.recipe()) {
      sink.row(
          ChainTable.RECIPES,
          product.sku(),
          chain.ingredients().get(line.ingredient()).code(),
          BigDecimal.valueOf(line.deciGrams(), 1),
          BigDecimal.valueOf(line.wasteHundredths(), 2));
    }
  }

  /** The order and its lines. */
  void sale(Sale sale, String status, LocalDateTime updatedAt) {
    Pizzeria pizzeria = sale.pizzeria();
    sink.row(
        ChainTable.ORDERS,
        sale.id(),
        pizzeria.country(),
        pizzeria.unitCode(),
        sale.orderNo(),
        status,
        sale.channel(),
        sale.total(),
        pizzeria.currency(),
        sale.orderedAt(),
        updatedAt);
    int number = 0;
    for (SaleLine line : sale.lines()) {
      sink.row(
          ChainTable.ORDER_LINES,
          ++lastLine,
          pizzeria.country(),
          sale.orderNo(),
          ++number,
          line.product().sku(),
          line.quantity(),
          line.unitPrice(),
          BigDecimal.valueOf(line.discountPercent() * 100L, 2));
    }
  }

  /** What the kitchen took for it. */
  void uses(Sale sale, List<Use> uses, LocalDateTime consumedAt) {
    for (Use use : uses) {
      Ingredient ingredient = chain.ingredients().get(use.ingredient());
      sink.row(
          ChainTable.CONSUMPTION,
          ++lastUse,
          sale.pizzeria().land(),
          sale.pizzeria().unitNo(),
          sale.orderNo(),
          ingredient.code(),
          use.grams(),
          use.wasteGrams(),
          use.cost(ingredient),
          consumedAt);
    }
  }

  /** One movement; {@code vendor} is null unless goods came from one. */
  void movement(
      Pizzeria pizzeria,
      Ingredient ingredient,
      String vendor,
      String kind,
      long deciGrams,
      LocalDateTime postedAt) {
    sink.row(
        ChainTable.STOCK_MOVEMENTS,
        ++lastMovement,
        pizzeria.land(),
        pizzeria.unitNo(),
        ingredient.code(),
        vendor,
        kind,
        BigDecimal.valueOf(deciGrams, 1),
        BigDecimal.valueOf(deciGrams * ingredient.centsPerKg(), 6)
            .setScale(2, RoundingMode.HALF_UP),
        postedAt);
  }
}
