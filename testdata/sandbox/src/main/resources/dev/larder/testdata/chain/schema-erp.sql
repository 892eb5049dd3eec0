-- Material consumption and stock. One statement ends with a semicolon at the end of a line.
DROP DATABASE IF EXISTS erp;
CREATE DATABASE erp CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;

CREATE TABLE erp.units (
  unit_no      INT          NOT NULL PRIMARY KEY,
  land         CHAR(2)      NOT NULL,
  legal_entity VARCHAR(120) NOT NULL,
  warehouse    VARCHAR(40)  NOT NULL,
  area_m2      DECIMAL(8,1) NOT NULL
);

CREATE TABLE erp.materials (
  material_no     VARCHAR(16)  NOT NULL PRIMARY KEY,
  name            VARCHAR(120) NOT NULL,
  unit            VARCHAR(8)   NOT NULL,
  shelf_life_days SMALLINT     NOT NULL,
  allergen        TINYINT(1)   NOT NULL,
  pack_grams      INT          NOT NULL
);

CREATE TABLE erp.vendors (
  vat_no  VARCHAR(20)  NOT NULL PRIMARY KEY,
  name    VARCHAR(120) NOT NULL,
  country CHAR(2)      NOT NULL,
  rating  DOUBLE       NULL
);

CREATE TABLE erp.consumption (
  id           BIGINT        NOT NULL PRIMARY KEY,
  land         CHAR(2)       NOT NULL,
  unit_no      INT           NOT NULL,
  pos_order_no BIGINT        NOT NULL,
  material_no  VARCHAR(16)   NOT NULL,
  grams        DECIMAL(10,1) NOT NULL,
  waste_grams  DECIMAL(10,1) NOT NULL,
  cost         DECIMAL(12,4) NOT NULL,
  consumed_at  DATETIME(3)   NOT NULL,
  KEY consumption_order (land, pos_order_no)
);

CREATE TABLE erp.stock_movements (
  id          BIGINT        NOT NULL PRIMARY KEY,
  land        CHAR(2)       NOT NULL,
  unit_no     INT           NOT NULL,
  material_no VARCHAR(16)   NOT NULL,
  vendor_vat  VARCHAR(20)   NULL,
  kind        ENUM('delivery','waste','count','transfer') NOT NULL,
  grams       DECIMAL(12,1) NOT NULL,
  amount      DECIMAL(12,2) NOT NULL,
  posted_at   TIMESTAMP(3)  NOT NULL
);
