package dev.larder.peers.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What AutomateDV 0.11 makes Spark do: the SQL that its macros {@code stage}, {@code sat} and
 * {@code pit} generate for the Spark adapter, with its default hash (MD5, as 32 hexadecimal digits
 * cast to binary). Written down from the macros by hand, with our columns.
 *
 * <p><b>Source</b>: {@code macros/tables/spark/sat.sql}, {@code macros/tables/snowflake/pit.sql}
 * (the default that Spark's dispatches to), {@code macros/supporting/hash_components}.
 */
final class AutomateDvSql {
  /** Hash key, hash diff of the payload's columns in alphabetical order, and derived columns. */
  static final String STAGE =
      "SELECT customer_no, name, status, city, amount, load_datetime,"
          + " 'SHOP' AS record_source, "
          + hash(text("customer_no"))
          + " AS customer_hk, "
          + hash(
              "CONCAT_WS('||', "
                  + part("amount")
                  + ", "
                  + part("city")
                  + ", "
                  + part("name")
                  + ", "
                  + part("status")
                  + ")")
          + " AS customer_hashdiff FROM raw_customers";

  private static final String COLUMNS =
      "customer_hk, customer_hashdiff, name, status, city, amount, load_datetime, record_source";

  private static final String SOURCE =
      "WITH source_data AS (SELECT "
          + COLUMNS
          + " FROM stg_customers WHERE customer_hk IS NOT NULL)";

  /** The first load. */
  static final String SATELLITE =
      SOURCE
          + ", unique_source_records AS (WITH qualify_workaround AS (SELECT "
          + COLUMNS
          + ", LAG(customer_hashdiff, 1, CAST('FFFFFFFF' AS BINARY))"
          + " OVER (PARTITION BY customer_hk ORDER BY load_datetime ASC) AS lag_column"
          + " FROM source_data)"
          + " SELECT "
          + COLUMNS
          + " FROM qualify_workaround WHERE customer_hashdiff != lag_column)"
          + " SELECT "
          + COLUMNS
          + " FROM unique_source_records";

  private AutomateDvSql() {}

  private static String text(String column) {
    return "NULLIF(UPPER(TRIM(CAST(" + column + " AS STRING))), '')";
  }

  private static String part(String column) {
    return "IFNULL(" + text(column) + ", '^^')";
  }

  private static String hash(String text) {
    return "CAST(UPPER(MD5(" + text + ")) AS BINARY)";
  }

  /** A later load into the table. */
  static String satellite(String table) {
    return SOURCE
        + ", latest_records AS (WITH qualify_workaround AS ("
        + "SELECT c.customer_hk, c.customer_hashdiff, c.load_datetime,"
        + " ROW_NUMBER() OVER (PARTITION BY c.customer_hk ORDER BY c.load_datetime DESC)"
        + " AS row_number FROM "
        + table
        + " AS c JOIN (SELECT DISTINCT customer_hk FROM source_data) AS s"
        + " ON s.customer_hk = c.customer_hk)"
        + " SELECT customer_hk, customer_hashdiff, load_datetime FROM qualify_workaround"
        + " WHERE row_number = 1)"
        + ", unique_source_records AS (WITH qualify_workaround AS (SELECT "
        + prefixed("sd", COLUMNS)
        + ", LAG(sd.customer_hashdiff, 1,"
        + " COALESCE(lr.customer_hashdiff, CAST('FFFFFFFF' AS BINARY)))"
        + " OVER (PARTITION BY sd.customer_hk ORDER BY sd.load_datetime ASC) AS lag_column"
        + " FROM source_data AS sd LEFT OUTER JOIN latest_records AS lr"
        + " ON sd.customer_hk = lr.customer_hk)"
        + " SELECT "
        + COLUMNS
        + " FROM qualify_workaround WHERE customer_hashdiff != lag_column)"
        + " SELECT "
        + COLUMNS
        + " FROM unique_source_records";
  }

  private static String prefixed(String alias, String columns) {
    return alias + "." + columns.replace(", ", ", " + alias + ".");
  }

  /**
   * A point-in-time table of a hub and satellites, built in full: every key at every instant,
   * joined with all versions up to it.
   *
   * @param hub with {@code customer_hk}
   * @param asOfs with {@code as_of_date}
   * @param satellites tables with {@code customer_hk} and {@code _loaded_at}
   */
  static String pit(String hub, String asOfs, List<String> satellites) {
    List<String> columns = new ArrayList<>(List.of("a.customer_hk", "a.as_of_date"));
    StringBuilder joins = new StringBuilder();
    for (int i = 0; i < satellites.size(); i++) {
      String alias = "s" + i + "_src";
      columns.add(
          "COALESCE(MAX("
              + alias
              + ".customer_hk), CAST('0000000000000000' AS BINARY)) AS s"
              + i
              + "_pk");
      columns.add(
          "COALESCE(MAX("
              + alias
              + "._loaded_at), CAST('1900-01-01 00:00:00.000' AS TIMESTAMP))"
              + " AS s"
              + i
              + "_ldts");
      joins.append(" LEFT OUTER JOIN " + satellites.get(i) + " AS " + alias);
      joins.append(" ON a.customer_hk = " + alias + ".customer_hk");
      joins.append(" AND " + alias + "._loaded_at <= a.as_of_date");
    }
    return "WITH as_of_dates AS (SELECT * FROM "
        + asOfs
        + "), new_rows_as_of_dates AS (SELECT a.customer_hk, b.as_of_date FROM "
        + hub
        + " AS a INNER JOIN as_of_dates AS b ON (1=1)), new_rows AS (SELECT "
        + String.join(", ", columns)
        + " FROM new_rows_as_of_dates AS a"
        + joins
        + " GROUP BY a.customer_hk, a.as_of_date), pit AS (SELECT * FROM new_rows)"
        + " SELECT DISTINCT * FROM pit";
  }
}
