package dev.larder.testdata.chain;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The orders of {@code orders.csv} with their lines of {@code order_details.csv}. */
final class OrderLog {
  private OrderLog() {}

  /** In the order of their times; at least one. */
  static List<OrderFiles.FiledOrder> in(Path directory, OrderMenu menu) {
    Csv file = OrderMenu.read(directory.resolve("orders.csv"));
    Map<Long, OrderFiles.FiledOrder> orders = new LinkedHashMap<>();
    for (int i = 0; i < file.size(); i++) {
      long number = file.number(i, "order_id");
      orders.put(number, new OrderFiles.FiledOrder(number, orderedAt(file, i), new ArrayList<>(2)));
    }
    if (orders.isEmpty()) {
      throw ChainErrors.noOrders(directory.resolve("orders.csv"));
    }
    addLines(OrderMenu.read(directory.resolve("order_details.csv")), orders, menu);
    return orders.values().stream()
        .sorted(
            Comparator.comparing(OrderFiles.FiledOrder::orderedAt)
                .thenComparing(OrderFiles.FiledOrder::number))
        .toList();
  }

  private static void addLines(Csv file, Map<Long, OrderFiles.FiledOrder> orders, OrderMenu menu) {
    String name = "order_details.csv";
    for (int i = 0; i < file.size(); i++) {
      OrderFiles.FiledOrder order = orders.get(file.number(i, "order_id"));
      if (order == null) {
        throw ChainErrors.unknownReference(
            name, i + 2, "order_id", file.text(i, "order_id"), "orders.csv");
      }
      Product product = menu.product(file.text(i, "pizza_id"));
      if (product == null) {
        throw ChainErrors.unknownReference(
            name, i + 2, "pizza_id", file.text(i, "pizza_id"), "pizzas.csv");
      }
      order.lines().add(new SaleLine(product, (int) file.number(i, "quantity"), 0));
    }
  }

  private static LocalDateTime orderedAt(Csv file, int row) {
    String date = file.text(row, "date");
    String time = file.text(row, "time");
    try {
      return LocalDate.parse(date).atTime(LocalTime.parse(time));
    } catch (DateTimeException e) {
      throw ChainErrors.notADate("orders.csv", row + 2, "date, time", date + " " + time, e);
    }
  }
}
