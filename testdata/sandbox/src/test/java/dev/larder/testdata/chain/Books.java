package dev.larder.testdata.chain;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the chain's databases and checks that they agree with themselves and with each other. */
final class Books {
  private final ChainDatabases databases;

  Books(ChainDatabases databases) {
    this.databases = databases;
  }

  Map<ChainTable, Long> counts() throws SQLException {
    Map<ChainTable, Long> counts = new EnumMap<>(ChainTable.class);
    for (ChainTable table : ChainTable.values()) {
      counts.put(table, number(table.database(), "SELECT COUNT(*) FROM " + table));
    }
    return counts;
  }

  long number(String database, String sql) throws SQLException {
    return ((BigDecimal) query(database, "SELECT CAST((" + sql + ") AS DECIMAL(30))").get(0).get(0))
        .longValueExact();
  }

  /** The columns that the table was created with, in the order of its key's text. */
  List<List<Object>> read(ChainTable table) throws SQLException {
    return sorted(
        query(table.database(), "SELECT " + String.join(", ", table.columns()) + " FROM " + table));
  }

  /** The same of rows that were never in a database. */
  static List<List<Object>> sorted(ChainTable table, Rows rows) {
    return sorted(rows.of(table).stream().map(Arrays::asList).map(Books::canonical).toList());
  }

  private static List<List<Object>> sorted(List<List<Object>> rows) {
    List<List<Object>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(row -> row.get(0) + " " + row.get(1)));
    return sorted;
  }

  private static List<Object> canonical(List<Object> row) {
    List<Object> values = new ArrayList<>();
    for (Object value : row) {
      values.add(value instanceof Integer number ? Long.valueOf(number) : value);
    }
    return values;
  }

  private List<List<Object>> query(String database, String sql) throws SQLException {
    Database server = database.equals("pos") ? databases.pos() : databases.erp();
    List<List<Object>> rows = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = value(result, i);
          row.add(result.wasNull() ? null : value);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Object value(ResultSet result, int column) throws SQLException {
    return switch (result.getMetaData().getColumnType(column)) {
      case Types.TIMESTAMP -> result.getObject(column, LocalDateTime.class);
      case Types.DATE -> result.getObject(column, LocalDate.class);
      case Types.DECIMAL -> result.getBigDecimal(column);
      case Types.DOUBLE -> result.getDouble(column);
      case Types.BIT, Types.BOOLEAN -> result.getBoolean(column);
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> result.getLong(column);
      default -> result.getString(column);
    };
  }

  void run(String database, String sql) throws SQLException {
    Database server = database.equals("pos") ? databases.pos() : databases.erp();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whatever does not add up; empty when all does. */
  List<String> mistakes() throws SQLException {
    List<String> mistakes = new ArrayList<>();
    none(
        mistakes,
        "line without order",
        "SELECT COUNT(*) FROM pos.order_lines l LEFT JOIN pos.orders o USING (country_code,"
            + " order_no) WHERE o.id IS NULL");
    none(
        mistakes,
        "order without line",
        "SELECT COUNT(*) FROM pos.orders o LEFT JOIN pos.order_lines l USING (country_code,"
            + " order_no) WHERE l.id IS NULL");
    none(
        mistakes,
        "line without product",
        "SELECT COUNT(*) FROM pos.order_lines l LEFT JOIN pos.products p USING (sku) WHERE p.sku IS"
            + " NULL");
    none(
        mistakes,
        "recipe without product",
        "SELECT COUNT(*) FROM pos.recipes r LEFT JOIN pos.products p USING (sku) WHERE p.sku IS"
            + " NULL");
    none(
        mistakes,
        "order without pizzeria",
        "SELECT COUNT(*) FROM pos.orders o LEFT JOIN pos.pizzerias p USING (country_code,"
            + " unit_code) WHERE p.id IS NULL");
    none(
        mistakes,
        "total that is not the sum of its lines",
        "SELECT COUNT(*) FROM (SELECT o.id FROM pos.orders o JOIN pos.order_lines l USING"
            + " (country_code, order_no) GROUP BY o.id, o.total HAVING o.total <> SUM(ROUND(l.qty"
            + " * l.unit_price * (100 - l.discount) / 100, 2))) wrong");
    none(
        mistakes,
        "delivery without vendor",
        "SELECT COUNT(*) FROM erp.stock_movements m LEFT JOIN erp.vendors v ON v.vat_no ="
            + " m.vendor_vat WHERE m.kind = 'delivery' AND v.vat_no IS NULL");
    none(
        mistakes,
        "use without material",
        "SELECT COUNT(*) FROM erp.consumption c LEFT JOIN erp.materials m USING (material_no) WHERE"
            + " m.material_no IS NULL");
    usesAreTheRecipes(mistakes);
    return mistakes;
  }

  private void none(List<String> mistakes, String what, String count) throws SQLException {
    long found = number(count.contains("erp.") ? "erp" : "pos", count);
    if (found > 0) {
      mistakes.add(found + " x " + what);
    }
  }

  /** Across the servers: grams are the recipes of the lines; waste is 0.5 to 1.5 times expected. */
  private void usesAreTheRecipes(List<String> mistakes) throws SQLException {
    Map<List<Object>, List<Object>> expected = new HashMap<>();
    for (List<Object> row :
        query(
            "pos",
            "SELECT l.country_code, l.order_no, r.ingredient_code, CAST(SUM(l.qty * r.grams) AS"
                + " DECIMAL(20,1)), CAST(SUM(l.qty * r.grams * r.waste_pct / 100) AS DECIMAL(20,4))"
                + " FROM pos.order_lines l JOIN pos.recipes r USING (sku) GROUP BY 1, 2, 3")) {
      String land = row.get(0).toString().toLowerCase(Locale.ROOT);
      expected.put(List.of(land, row.get(1), row.get(2)), row);
    }
    Set<List<Object>> seen = new HashSet<>();
    for (List<Object> use :
        query(
            "erp",
            "SELECT land, pos_order_no, material_no, grams, waste_grams FROM erp.consumption")) {
      List<Object> key = List.of(use.get(0), use.get(1), use.get(2));
      List<Object> recipe = expected.get(key);
      if (!seen.add(key)) {
        mistakes.add("used twice: " + key);
      } else if (recipe == null) {
        mistakes.add("used without recipe: " + key);
      } else if (!recipe.get(3).equals(use.get(3))) {
        mistakes.add("grams of " + key + ": " + use.get(3) + " instead of " + recipe.get(3));
      } else {
        double waste = ((BigDecimal) use.get(4)).doubleValue();
        double mean = ((BigDecimal) recipe.get(4)).doubleValue();
        if (waste < 0.5 * mean - 0.06 || waste > 1.5 * mean + 0.06) {
          mistakes.add("waste of " + key + ": " + waste + " where " + mean + " is the mean");
        }
      }
    }
    if (seen.size() != expected.size()) {
      mistakes.add(expected.size() - seen.size() + " x ingredient of an order that was not used");
    }
  }
}
