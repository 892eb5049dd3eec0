package dev.larder.peers.bench;

import java.util.List;

/**
 * The table of orders that is snapshotted and streamed, and the vault of it: three hubs, a link and
 * a satellite.
 */
final class Orders {
  static final String SOURCE = "shop";

  /** In one piece. */
  static final String WHOLE = "orders_big";

  /** The same rows, partitioned by range in 16. */
  static final String PARTITIONED = "orders_part";

  /** Some rows, on which a JVM warms up. */
  static final String WARM = "orders_warm";

  static final long WARM_ROWS = 500_000;

  static final String COLUMNS =
      "(id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, pizzeria_id INT NOT NULL,"
          + " customer_id BIGINT NOT NULL, product_code VARCHAR(16) NOT NULL,"
          + " quantity SMALLINT NOT NULL, price DECIMAL(10,2) NOT NULL,"
          + " status VARCHAR(12) NOT NULL, created_at DATETIME(6) NOT NULL)";

  static final List<String> STATUS =
      List.of("CREATED", "ACCEPTED", "COOKING", "READY", "IN_DELIVERY", "DELIVERED", "CANCELLED");

  private Orders() {}

  /**
   * A model of one such table, whose satellite is only added to.
   *
   * @param deletes {@code ignore} for the hubs, link and satellite that Spark's side writes; {@code
   *     track}, the default of models, for the status of hub and link besides
   */
  static String model(String table, String deletes) {
    return """
    vault: bench
    hashing: {profile: strict, algorithm: sha256}
    defaults: {deletes: %s}
    sources: {shop: {database: shop, record_source: SHOP}}
    hubs: {order: {key: id}, pizzeria: {key: pizzeria_id}, product: {key: product_code}}
    links: {sale: {hubs: [order, pizzeria, product]}}
    tables:
      shop.%s:
        order: id
        pizzeria: pizzeria_id
        product: product_code
        links: sale
        satellites:
          order_state:
            of: order
            columns: [customer_id, product_code, quantity, price, status, created_at]
    """
        .formatted(deletes, table);
  }

  /**
   * A model of the streamed table: besides hubs and link a satellite that is only added to and one
   * whose versions have stored ends.
   */
  static String streamModel(String topicPrefix) {
    return """
    vault: bench
    hashing: {profile: strict, algorithm: sha256}
    sources: {shop: {database: shop, record_source: SHOP, topic_prefix: %s}}
    hubs: {order: {key: id}, pizzeria: {key: pizzeria_id}, product: {key: product_code}}
    links: {sale: {hubs: [order, pizzeria, product]}}
    tables:
      shop.orders:
        order: id
        pizzeria: pizzeria_id
        product: product_code
        links: sale
        satellites:
          order_state:
            of: order
            deletes: flag
            columns: [customer_id, product_code, quantity, price, status, created_at]
          order_versions:
            of: order
            load: scd2
            columns: [customer_id, product_code, quantity, price, status, created_at]
    """
        .formatted(topicPrefix);
  }
}
