package dev.larder.testdata.chain;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Live steps around orders. Beside its own orders it changes some that the history placed. */
final class LiveOrders {
  private static final int HISTORIC = 400;
  private static final String BY_NUMBER = "WHERE country_code = ? AND order_no = ?";

  private final LiveShop shop;
  private final Cashier cashier;
  private final ChainRows rows;
  private final Map<String, Long> lastOrderNo = new HashMap<>();
  private final List<LiveOrder> open = new ArrayList<>();
  private final List<LiveOrder> done = new ArrayList<>();
  private long lastId;

  private static final class LiveOrder {
    private final String country;
    private final long number;
    private long id;
    private boolean baked;

    LiveOrder(long id, String country, long number) {
      this.id = id;
      this.country = country;
      this.number = number;
    }
  }

  /** A SQLException on its way through a sink. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(SQLException cause) {
      super(cause);
    }

    SQLException sql() {
      return (SQLException) getCause();
    }
  }

  LiveOrders(LiveShop shop, Cashier cashier) throws SQLException {
    this.shop = shop;
    this.cashier = cashier;
    this.rows =
        new ChainRows(shop.chain, this::insert)
            .after(
                shop.pos.number("SELECT COALESCE(MAX(id), 0) FROM pos.order_lines"),
                shop.erp.number("SELECT COALESCE(MAX(id), 0) FROM erp.consumption"),
                shop.erp.number("SELECT COALESCE(MAX(id), 0) FROM erp.stock_movements"));
    lastId = shop.pos.number("SELECT COALESCE(MAX(id), 0) FROM pos.orders");
    for (Object[] row :
        shop.pos.query("SELECT country_code, MAX(order_no) FROM pos.orders GROUP BY 1")) {
      lastOrderNo.put((String) row[0], ((Number) row[1]).longValue());
    }
    for (Object[] row :
        shop.pos.query(
            "(SELECT id, country_code, order_no FROM pos.orders ORDER BY id LIMIT ?) UNION"
                + " (SELECT id, country_code, order_no FROM pos.orders ORDER BY id DESC LIMIT ?)"
                + " ORDER BY id",
            HISTORIC / 2,
            HISTORIC / 2)) {
      done.add(
          new LiveOrder(
              ((Number) row[0]).longValue(), (String) row[1], ((Number) row[2]).longValue()));
    }
  }

  private void insert(ChainTable table, Object... values) {
    try {
      shop.session(table).insert(table, values);
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }

  void place() throws SQLException {
    Pizzeria pizzeria = shop.any(shop.chain.pizzerias());
    long number = lastOrderNo.merge(pizzeria.country(), 1L, Long::sum);
    Sale sale = cashier.sale(++lastId, pizzeria, number, shop.nowInMillis(), 0.1, shop.dice);
    try {
      rows.sale(sale, "placed", shop.now());
      shop.pos.commit();
      rows.uses(sale, Use.of(sale, shop.dice), shop.nowInMillis().plusSeconds(300));
      shop.erp.commit();
    } catch (Refused e) {
      throw e.sql();
    }
    open.add(new LiveOrder(sale.id(), pizzeria.country(), number));
  }

  /** placed -> baked -> delivered. */
  void advance() throws SQLException {
    if (open.isEmpty()) {
      place();
      return;
    }
    LiveOrder order = shop.any(open);
    shop.pos.update(
        ChainTable.ORDERS,
        "SET status = ?, updated_at = ? WHERE id = ?",
        order.baked ? "delivered" : "baked",
        shop.now(),
        order.id);
    shop.pos.commit();
    if (order.baked) {
      open.remove(order);
      done.add(order);
    }
    order.baked = true;
  }

  /** The discount of a first line is changed and the total with it, in one transaction. */
  void correct() throws SQLException {
    LiveOrder order = anyOf(done);
    shop.pos.update(
        ChainTable.ORDER_LINES,
        "SET discount = IF(discount = 10, 15, 10) " + BY_NUMBER + " AND line_no = 1",
        order.country,
        order.number);
    shop.pos.update(
        ChainTable.ORDERS,
        "SET total = (SELECT SUM(ROUND(qty * unit_price * (100 - discount) / 100, 2))"
            + " FROM pos.order_lines "
            + BY_NUMBER
            + "), updated_at = ? WHERE id = ?",
        order.country,
        order.number,
        shop.now(),
        order.id);
    shop.pos.commit();
  }

  /** The order goes with its lines and with what was taken for it. */
  void cancel() throws SQLException {
    LiveOrder order = anyOf(open.isEmpty() || shop.dice.chance(0.3) ? done : open);
    open.remove(order);
    done.remove(order);
    shop.pos.delete(ChainTable.ORDER_LINES, BY_NUMBER, order.country, order.number);
    shop.pos.delete(ChainTable.ORDERS, "WHERE id = ?", order.id);
    shop.pos.commit();
    shop.erp.delete(
        ChainTable.CONSUMPTION,
        "WHERE land = ? AND pos_order_no = ?",
        order.country.toLowerCase(Locale.ROOT),
        order.number);
    shop.erp.commit();
  }

  /** The surrogate key of an order changes; nothing refers to it. */
  void changeKey() throws SQLException {
    LiveOrder order = anyOf(done);
    shop.pos.rekey(
        ChainTable.ORDERS,
        "SET id = ?, updated_at = ? WHERE id = ?",
        ++lastId,
        shop.now(),
        order.id);
    shop.pos.commit();
    order.id = lastId;
  }

  /** A vendor brings one to three ingredients to a pizzeria. */
  void receiveGoods() throws SQLException {
    Pizzeria pizzeria = shop.any(shop.chain.pizzerias());
    try {
      for (int i = shop.dice.below(3); i >= 0; i--) {
        Ingredient ingredient = shop.any(shop.chain.ingredients());
        rows.movement(
            pizzeria,
            ingredient,
            ingredient.vendorVat(),
            "delivery",
            ingredient.packGrams() * 10L * (1 + shop.dice.below(4)),
            shop.nowInMillis());
      }
    } catch (Refused e) {
      throw e.sql();
    }
    shop.erp.commit();
  }

  private LiveOrder anyOf(List<LiveOrder> orders) throws SQLException {
    if (orders.isEmpty()) {
      place();
      return open.get(open.size() - 1);
    }
    return shop.any(orders);
  }
}
