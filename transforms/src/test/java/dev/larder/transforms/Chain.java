package dev.larder.transforms;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pizza chain's model and the tables that it is about. */
public final class Chain {
  public static final TableId PIZZERIAS = new TableId("pos", "pizzerias");
  public static final TableId PRODUCTS = new TableId("pos", "products");
  public static final TableId ORDERS = new TableId("pos", "orders");
  public static final TableId CONSUMPTION = new TableId("erp", "consumption");
  public static final TableId STOCK_MOVEMENTS = new TableId("erp", "stock_movements");

  private Chain() {}

  public static String yaml() {
    try (InputStream in = Chain.class.getResourceAsStream("vault.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static VaultModel model() {
    return VaultModelReader.read("vault.yaml", yaml());
  }

  public static TableSchema table(TableId id) {
    return catalogue().get(id);
  }

  public static Map<TableId, TableSchema> catalogue() {
    Map<TableId, TableSchema> all = new LinkedHashMap<>();
    add(
        all,
        "pos.pizzerias",
        "id",
        "id int!, country_code string!, unit_code string!, name string, city string, timezone string, opened_on date, updated_at timestamp");
    add(
        all,
        "pos.products",
        "product_id",
        "product_id int!, sku string!, name string, category string, size string, price decimal(10,2), currency string, is_active int, updated_at timestamp");
    add(
        all,
        "pos.recipes",
        "sku,ingredient_code",
        "sku string!, ingredient_code string!, grams decimal(8,1), waste_pct decimal(5,2)");
    add(
        all,
        "pos.orders",
        "id",
        "id int!, country_code string, unit_code string, order_no int, status string, channel string, total decimal(10,2), currency string, ordered_at datetime, updated_at timestamp");
    add(
        all,
        "pos.order_lines",
        "id",
        "id int!, country_code string, order_no int, line_no int, sku string, qty int, unit_price decimal(10,2), discount decimal(5,2)");
    add(
        all,
        "erp.units",
        "unit_no",
        "unit_no int!, land string!, legal_entity string, warehouse string, area_m2 decimal(8,1)");
    add(
        all,
        "erp.materials",
        "material_no",
        "material_no string!, name string, unit string, shelf_life_days int, allergen int, pack_grams int");
    add(all, "erp.vendors", "vat_no", "vat_no string!, name string, country string, rating double");
    add(
        all,
        "erp.consumption",
        "id",
        "id int!, land string, unit_no int, pos_order_no int, material_no string, grams decimal(10,1), waste_grams decimal(10,1), cost decimal(12,4), consumed_at datetime");
    add(
        all,
        "erp.stock_movements",
        "id",
        "id int!, land string, unit_no int, material_no string, vendor_vat string, kind string, grams decimal(12,1), amount decimal(12,2), posted_at timestamp");
    return all;
  }

  private static void add(Map<TableId, TableSchema> all, String id, String key, String columns) {
    all.put(TableId.parse(id), schema(id, key, columns));
  }

  /** A table from {@code "id int!, name string"}; {@code !} means not null. */
  public static TableSchema schema(String id, String key, String columns) {
    List<Column> list = new ArrayList<>();
    for (String column : columns.split(", ")) {
      String name = column.substring(0, column.indexOf(' '));
      String type = column.substring(name.length() + 1);
      list.add(
          type.endsWith("!")
              ? Column.required(name, ColumnType.parse(type.substring(0, type.length() - 1)))
              : Column.nullable(name, ColumnType.parse(type)));
    }
    return new TableSchema(
        TableId.parse(id), RowSchema.of(list), key.isEmpty() ? List.of() : List.of(key.split(",")));
  }
}
