package dev.larder.testdata.chain;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * The past of one pizzeria out of a real order file: a directory with {@code orders.csv}, {@code
 * order_details.csv}, {@code pizzas.csv} and {@code pizza_types.csv} in the form of the public
 * "pizza place" data.
 *
 * <ul>
 *   <li>Products are the pizzas; an order's number, day and time are the file's, as UTC.
 *   <li>A recipe is the type's ingredients, without the quote before 'Nduja, with Mozzarella Cheese
 *       always and Tomato Sauce where no ingredient is a sauce. A small pizza takes {@value
 *       OrderMenu#GRAMS_A_PORTION} grams of each; larger ones as {@link Size} says. Nothing is
 *       wasted on the pizzas, so grams over {@value OrderMenu#GRAMS_A_PORTION} are the portions
 *       that forecasts of this data are scored on.
 *   <li>The files tell nothing of prices of ingredients, vendors, deliveries and counts. So that no
 *       table is empty these are made up: one price a kilogram, two vendors, stock movements as the
 *       generated chain has them.
 * </ul>
 *
 * <p><b>Cost</b>: the files are held in memory (some 100 bytes an order line).
 */
public final class OrderFiles implements RowSource {
  private static final long USES = 40;

  private final Chain chain;
  private final List<FiledOrder> orders;
  private final long shiftDays;

  /** An order of the file with its lines. */
  record FiledOrder(long number, LocalDateTime orderedAt, List<SaleLine> lines) {}

  private OrderFiles(Chain chain, List<FiledOrder> orders, long shiftDays) {
    this.chain = chain;
    this.orders = orders;
    this.shiftDays = shiftDays;
  }

  /**
   * Reads the four files; days stay as they are.
   *
   * @throws dev.larder.io.changes.UserException naming file, record and value where one is missing
   *     or wrong
   */
  public static OrderFiles in(Path directory) {
    OrderMenu menu = OrderMenu.in(directory);
    List<FiledOrder> orders = OrderLog.in(directory, menu);
    LocalDate firstDay = orders.get(0).orderedAt().toLocalDate();
    return new OrderFiles(menu.chain(firstDay), orders, 0);
  }

  /**
   * The same orders moved by whole weeks, so that weekdays stay what they are, to end on the given
   * day or up to six days before it.
   */
  public OrderFiles endingBy(LocalDate day) {
    long weeks = Math.floorDiv(day.toEpochDay() - filedLastDay().toEpochDay(), 7);
    return new OrderFiles(chain, orders, weeks * 7);
  }

  private LocalDate filedLastDay() {
    return orders.get(orders.size() - 1).orderedAt().toLocalDate();
  }

  @Override
  public Chain chain() {
    return chain;
  }

  @Override
  public LocalDate lastDay() {
    return filedLastDay().plusDays(shiftDays);
  }

  @Override
  public void writeTo(RowSink sink) {
    ChainRows rows = new ChainRows(chain, sink);
    StockKeeper stock = new StockKeeper(chain, 0);
    LocalDate today = null;
    for (FiledOrder order : orders) {
      LocalDateTime orderedAt = order.orderedAt().plusDays(shiftDays);
      LocalDate day = orderedAt.toLocalDate();
      if (today == null) {
        rows.reference(day.atStartOfDay());
      }
      if (!day.equals(today)) {
        if (today != null) {
          stock.evening(0, today, rows);
        }
        stock.morning(0, day, rows);
        today = day;
      }
      write(order, orderedAt, rows, stock);
    }
    stock.evening(0, today, rows);
  }

  private void write(FiledOrder order, LocalDateTime orderedAt, ChainRows rows, StockKeeper stock) {
    Sale sale =
        new Sale(
            order.number(),
            chain.pizzerias().get(0),
            order.number(),
            "counter",
            orderedAt,
            order.lines());
    List<Use> uses = Use.of(sale, Dice.of(0, USES, order.number()));
    stock.use(0, uses);
    rows.sale(sale, "delivered", orderedAt.plusMinutes(30));
    rows.uses(sale, uses, orderedAt);
  }
}
