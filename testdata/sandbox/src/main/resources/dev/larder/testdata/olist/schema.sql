-- The marketplace of Olist's public data set. One statement ends with a semicolon at the end of a line.
CREATE TABLE customers (
  customer_id              CHAR(32)    NOT NULL PRIMARY KEY COMMENT 'one for each order',
  customer_unique_id       CHAR(32)    NOT NULL COMMENT 'the person',
  customer_zip_code_prefix CHAR(5)     NOT NULL,
  customer_city            VARCHAR(80) NOT NULL,
  customer_state           CHAR(2)     NOT NULL,
  KEY customers_person (customer_unique_id)
);

CREATE TABLE orders (
  order_id                      CHAR(32)    NOT NULL PRIMARY KEY,
  customer_id                   CHAR(32)    NOT NULL,
  order_status                  VARCHAR(20) NOT NULL,
  order_purchase_timestamp      DATETIME    NOT NULL,
  order_approved_at             DATETIME    NULL,
  order_delivered_carrier_date  DATETIME    NULL,
  order_delivered_customer_date DATETIME    NULL,
  order_estimated_delivery_date DATETIME    NOT NULL,
  KEY orders_customer (customer_id)
);

CREATE TABLE order_items (
  order_id            CHAR(32)      NOT NULL,
  order_item_id       SMALLINT      NOT NULL,
  product_id          CHAR(32)      NOT NULL,
  seller_id           CHAR(32)      NOT NULL,
  shipping_limit_date DATETIME      NOT NULL,
  price               DECIMAL(10,2) NOT NULL,
  freight_value       DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, order_item_id),
  KEY order_items_product (product_id),
  KEY order_items_seller (seller_id)
);

CREATE TABLE order_payments (
  order_id             CHAR(32)      NOT NULL,
  payment_sequential   SMALLINT      NOT NULL,
  payment_type         VARCHAR(20)   NOT NULL,
  payment_installments SMALLINT      NOT NULL,
  payment_value        DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, payment_sequential)
);

CREATE TABLE products (
  product_id                 CHAR(32)    NOT NULL PRIMARY KEY,
  product_category_name      VARCHAR(60) NULL,
  product_name_lenght        SMALLINT    NULL,
  product_description_lenght SMALLINT    NULL,
  product_photos_qty         SMALLINT    NULL,
  product_weight_g           INT         NULL,
  product_length_cm          SMALLINT    NULL,
  product_height_cm          SMALLINT    NULL,
  product_width_cm           SMALLINT    NULL
);

CREATE TABLE sellers (
  seller_id              CHAR(32)    NOT NULL PRIMARY KEY,
  seller_zip_code_prefix CHAR(5)     NOT NULL,
  seller_city            VARCHAR(80) NOT NULL,
  seller_state           CHAR(2)     NOT NULL
);

CREATE TABLE category_translations (
  product_category_name         VARCHAR(60) NOT NULL PRIMARY KEY,
  product_category_name_english VARCHAR(60) NOT NULL
);
