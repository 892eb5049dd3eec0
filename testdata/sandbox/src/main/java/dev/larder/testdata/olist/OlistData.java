package dev.larder.testdata.olist;

import dev.larder.testdata.chain.Csv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * The files of Olist's public data set, as folders {@code closed_sample_1000} (1,000 orders with
 * all that belongs to them) and {@code full}. They are read where they are and never copied.
 */
public final class OlistData {
  private static final int ROWS_A_BATCH = 1_000;
  private static final String SAMPLE = "closed_sample_1000/olist_";
  private static final String FULL = "full/";

  private final Path folder;

  private OlistData(Path folder) {
    this.folder = folder;
  }

  /**
   * @param folder with the two folders in it; need not exist
   */
  public static OlistData in(Path folder) {
    return new OlistData(folder);
  }

  /** Whether the files are there. */
  public boolean isThere() {
    return Files.exists(folder.resolve(SAMPLE + "orders_dataset.csv"));
  }

  /**
   * Makes Olist's tables in a database and fills them with the sample's orders and the products and
   * sellers that they name.
   *
   * @param connection to an empty database
   * @return rows of each table
   */
  public Map<String, Integer> load(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : schema().split(";\n")) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
    Map<String, Integer> rows = new LinkedHashMap<>();
    Csv items = csv(SAMPLE + "order_items_dataset.csv");
    Set<String> products = values(items, "product_id");
    Set<String> sellers = values(items, "seller_id");
    connection.setAutoCommit(false);
    load(connection, rows, "customers", csv(SAMPLE + "customers_dataset.csv"), any -> true);
    load(connection, rows, "orders", csv(SAMPLE + "orders_dataset.csv"), any -> true);
    load(connection, rows, "order_items", items, any -> true);
    load(
        connection,
        rows,
        "order_payments",
        csv(SAMPLE + "order_payments_dataset.csv"),
        any -> true);
    load(
        connection,
        rows,
        "products",
        csv(FULL + "olist_products_dataset.csv.gz"),
        row -> products.contains(row.get("product_id")));
    load(
        connection,
        rows,
        "sellers",
        csv(FULL + "olist_sellers_dataset.csv"),
        row -> sellers.contains(row.get("seller_id")));
    load(
        connection,
        rows,
        "category_translations",
        csv(FULL + "product_category_name_translation.csv"),
        any -> true);
    connection.setAutoCommit(true);
    return rows;
  }

  private static String schema() {
    try (InputStream bytes = OlistData.class.getResourceAsStream("schema.sql")) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading schema.sql of the class path", e);
    }
  }

  private Csv csv(String name) {
    Path file = folder.resolve(name);
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        Reader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      return Csv.read(name, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + file, e);
    }
  }

  private static Set<String> values(Csv csv, String column) {
    Set<String> values = new HashSet<>();
    for (int row = 0; row < csv.size(); row++) {
      values.add(csv.text(row, column));
    }
    return values;
  }

  private static void load(
      Connection connection,
      Map<String, Integer> rows,
      String table,
      Csv csv,
      Predicate<Map<String, String>> wanted)
      throws SQLException {
    List<String> columns = csv.columns();
    String sql =
        String.format(
            "INSERT INTO %s (%s) VALUES (%s)",
            table,
            String.join(", ", columns),
            String.join(", ", columns.stream().map(column -> "?").toList()));
    int loaded = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int row = 0; row < csv.size(); row++) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String column : columns) {
          values.put(column, csv.text(row, column));
        }
        if (!wanted.test(values)) {
          continue;
        }
        int position = 1;
        for (String value : values.values()) {
          statement.setString(position++, value.isEmpty() ? null : value);
        }
        statement.addBatch();
        loaded++;
        if (loaded % ROWS_A_BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
    connection.commit();
    rows.put(table, loaded);
  }
}
