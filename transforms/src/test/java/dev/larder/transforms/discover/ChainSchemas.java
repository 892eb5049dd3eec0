package dev.larder.transforms.discover;

/** The databases of the pizza chain and of Olist, without their declared foreign keys: none. */
final class ChainSchemas {

  private ChainSchemas() {}

  static Schema pos() {
    return Schema.of("pos")
        .table(
            "order_lines",
            50_000,
            "id int, country_code text ci, order_no int, line_no int, sku text ci, qty int,"
                + " unit_price decimal, discount decimal, pk id, unique country_code order_no"
                + " line_no")
        .table(
            "orders",
            20_000,
            "id int, country_code text ci, unit_code text ci, order_no int, status text ci,"
                + " channel text ci, total decimal, currency text ci, ordered_at datetime,"
                + " updated_at timestamp, pk id, unique country_code order_no")
        .table(
            "pizzerias",
            20,
            "id int, country_code text ci, unit_code text ci, name text ci, city text ci, timezone"
                + " text ci, opened_on date, updated_at timestamp, pk id, unique country_code"
                + " unit_code")
        .table(
            "products",
            90,
            "product_id int, sku text ci, name text ci, category text ci, size text ci, price"
                + " decimal, currency text ci, is_active int, updated_at timestamp, pk product_id,"
                + " unique sku")
        .table(
            "recipes",
            500,
            "sku text ci, ingredient_code text ci, grams decimal, waste_pct decimal, pk sku"
                + " ingredient_code");
  }

  static Schema erp() {
    return Schema.of("erp")
        .table(
            "consumption",
            100_000,
            "id int, land text ci, unit_no int, pos_order_no int, material_no text ci, grams"
                + " decimal, waste_grams decimal, cost decimal, consumed_at datetime, pk id")
        .table(
            "materials",
            60,
            "material_no text ci, name text ci, unit text ci, shelf_life_days int, allergen int,"
                + " pack_grams int, pk material_no")
        .table(
            "stock_movements",
            9_000,
            "id int, land text ci, unit_no int, material_no text ci, vendor_vat text ci null, kind"
                + " text ci, grams decimal, amount decimal, posted_at timestamp, pk id")
        .table(
            "units",
            20,
            "unit_no int, land text ci, legal_entity text ci, warehouse text ci, area_m2 decimal,"
                + " pk unit_no")
        .table(
            "vendors",
            60,
            "vat_no text ci, name text ci, country text ci, rating double null, pk vat_no");
  }

  static Schema olist() {
    return Schema.of("olist")
        .table(
            "category_translations",
            71,
            "product_category_name text, product_category_name_english text, pk"
                + " product_category_name")
        .table(
            "customers",
            1_000,
            "customer_id text, customer_unique_id text, customer_zip_code_prefix text,"
                + " customer_city text, customer_state text, pk customer_id")
        .table(
            "order_items",
            1_150,
            "order_id text, order_item_id int, product_id text, seller_id text, shipping_limit_date"
                + " datetime, price decimal, freight_value decimal, pk order_id order_item_id")
        .table(
            "order_payments",
            1_042,
            "order_id text, payment_sequential int, payment_type text, payment_installments int,"
                + " payment_value decimal, pk order_id payment_sequential")
        .table(
            "orders",
            1_000,
            "order_id text, customer_id text, order_status text, order_purchase_timestamp datetime,"
                + " order_approved_at datetime null, order_delivered_carrier_date datetime null,"
                + " order_delivered_customer_date datetime null, order_estimated_delivery_date"
                + " datetime, pk order_id")
        .table(
            "products",
            1_000,
            "product_id text, product_category_name text null, product_name_lenght int null,"
                + " product_weight_g int null, pk product_id")
        .table(
            "sellers",
            900,
            "seller_id text, seller_zip_code_prefix text, seller_city text, seller_state text, pk"
                + " seller_id");
  }
}
