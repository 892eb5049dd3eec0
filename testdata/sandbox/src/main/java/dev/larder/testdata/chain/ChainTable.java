package dev.larder.testdata.chain;

import java.util.List;

/** The source tables of the chain, each with its database and its columns in the table's order. */
public enum ChainTable {
  PIZZERIAS(
      "pos",
      "pizzerias",
      "id",
      "country_code",
      "unit_code",
      "name",
      "city",
      "timezone",
      "opened_on",
      "updated_at"),
  PRODUCTS(
      "pos",
      "products",
      "product_id",
      "sku",
      "name",
      "category",
      "size",
      "price",
      "currency",
      "is_active",
      "updated_at"),
  RECIPES("pos", "recipes", "sku", "ingredient_code", "grams", "waste_pct"),
  ORDERS(
      "pos",
      "orders",
      "id",
      "country_code",
      "unit_code",
      "order_no",
      "status",
      "channel",
      "total",
      "currency",
      "ordered_at",
      "updated_at"),
  ORDER_LINES(
      "pos",
      "order_lines",
      "id",
      "country_code",
      "order_no",
      "line_no",
      "sku",
      "qty",
      "unit_price",
      "discount"),
  UNITS("erp", "units", "unit_no", "land", "legal_entity", "warehouse", "area_m2"),
  MATERIALS(
      "erp",
      "materials",
      "material_no",
      "name",
      "unit",
      "shelf_life_days",
      "allergen",
      "pack_grams"),
  VENDORS("erp", "vendors", "vat_no", "name", "country", "rating"),
  CONSUMPTION(
      "erp",
      "consumption",
      "id",
      "land",
      "unit_no",
      "pos_order_no",
      "material_no",
      "grams",
      "waste_grams",
      "cost",
      "consumed_at"),
  STOCK_MOVEMENTS(
      "erp",
      "stock_movements",
      "id",
      "land",
      "unit_no",
      "material_no",
      "vendor_vat",
      "kind",
      "grams",
      "amount",
      "posted_at");

  private final String database;
  private final String table;
  private final List<String> columns;

  ChainTable(String database, String table, String... columns) {
    this.database = database;
    this.table = table;
    this.columns = List.of(columns);
  }

  /** {@code pos} or {@code erp}: the database, and the name of its source. */
  public String database() {
    return database;
  }

  /** Name within the database. */
  public String table() {
    return table;
  }

  /** Columns as created; what a live run adds is not among them. */
  public List<String> columns() {
    return columns;
  }

  /** {@code pos.orders}. */
  @Override
  public String toString() {
    return database + "." + table;
  }
}
