-- Orders: the tills of the chain. One statement ends with a semicolon at the end of a line.
DROP DATABASE IF EXISTS pos;
CREATE DATABASE pos CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;

CREATE TABLE pos.pizzerias (
  id           INT          NOT NULL PRIMARY KEY,
  country_code CHAR(2)      NOT NULL,
  unit_code    CHAR(5)      NOT NULL,
  name         VARCHAR(80)  NOT NULL,
  city         VARCHAR(80)  NOT NULL,
  timezone     VARCHAR(40)  NOT NULL,
  opened_on    DATE         NOT NULL,
  updated_at   TIMESTAMP(6) NOT NULL,
  UNIQUE KEY pizzerias_unit (country_code, unit_code)
);

CREATE TABLE pos.products (
  product_id INT           NOT NULL PRIMARY KEY,
  sku        VARCHAR(40)   NOT NULL,
  name       VARCHAR(120)  NOT NULL,
  category   VARCHAR(40)   NOT NULL,
  size       ENUM('S','M','L','XL','XXL') NOT NULL,
  price      DECIMAL(10,2) NOT NULL,
  currency   CHAR(3)       NOT NULL,
  is_active  TINYINT(1)    NOT NULL,
  updated_at TIMESTAMP(6)  NOT NULL,
  UNIQUE KEY products_sku (sku)
);

CREATE TABLE pos.recipes (
  sku             VARCHAR(40)  NOT NULL,
  ingredient_code VARCHAR(16)  NOT NULL,
  grams           DECIMAL(8,1) NOT NULL,
  waste_pct       DECIMAL(5,2) NOT NULL,
  PRIMARY KEY (sku, ingredient_code)
);

CREATE TABLE pos.orders (
  id           BIGINT        NOT NULL PRIMARY KEY,
  country_code CHAR(2)       NOT NULL,
  unit_code    CHAR(5)       NOT NULL,
  order_no     BIGINT        NOT NULL,
  status       ENUM('placed','baked','delivered','cancelled') NOT NULL,
  channel      VARCHAR(20)   NOT NULL,
  total        DECIMAL(10,2) NOT NULL,
  currency     CHAR(3)       NOT NULL,
  ordered_at   DATETIME(3)   NOT NULL,
  updated_at   TIMESTAMP(6)  NOT NULL,
  UNIQUE KEY orders_number (country_code, order_no)
);

CREATE TABLE pos.order_lines (
  id           BIGINT        NOT NULL PRIMARY KEY,
  country_code CHAR(2)       NOT NULL,
  order_no     BIGINT        NOT NULL,
  line_no      SMALLINT      NOT NULL,
  sku          VARCHAR(40)   NOT NULL,
  qty          SMALLINT      NOT NULL,
  unit_price   DECIMAL(10,2) NOT NULL,
  discount     DECIMAL(5,2)  NOT NULL,
  UNIQUE KEY order_lines_number (country_code, order_no, line_no)
);
