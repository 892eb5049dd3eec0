package dev.larder.testdata.fire;

import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/**
 * The tables that {@link FireWriter} writes to, in a database called {@value #NAME}: {@code items},
 * the large one, whose ids have gaps of two between them; {@code owners}; {@code stocks} with a
 * composite key that begins with a text.
 */
public final class FireDatabase {
  /** The database, and the model's name of the source. */
  public static final String NAME = "f";

  static final int OWNERS = 200;
  static final int SLOTS = 100;
  static final String[] PLACES = {"Rome", "Wien", "Łódź", "O'Hare", "naïve", "東京"};

  /** Between the ids that items are created with; new ones come between them. */
  static final int GAP = 3;

  private static final String MODEL = "vault.yaml";
  private static final int ROWS_A_STATEMENT = 20_000;

  private FireDatabase() {}

  /** Writes the vault's model into a directory and gives its path. */
  public static Path writeModelTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path model = directory.resolve(MODEL);
    try (InputStream bytes = FireDatabase.class.getResourceAsStream(MODEL)) {
      Files.copy(bytes, model, StandardCopyOption.REPLACE_EXISTING);
    }
    return model;
  }

  /** Whether there are tables already: a server's directory may be a copy of a filled one. */
  public static boolean isFilled(MySqlServer server) throws SQLException {
    try (Sql sql = server.connect(NAME, server.app())) {
      return !sql.rows("SHOW TABLES").isEmpty();
    }
  }

  /**
   * Makes and fills the tables.
   *
   * @param items how many
   */
  public static void create(MySqlServer server, int items) throws SQLException {
    try (Sql sql = server.connect(NAME, server.app())) {
      sql.run(
          """
          CREATE TABLE items (
            id BIGINT NOT NULL PRIMARY KEY, code VARCHAR(40) NOT NULL, owner_no INT NULL,
            name VARCHAR(120) NULL, price DECIMAL(12,2) NULL, quantity INT UNSIGNED NOT NULL,
            weight DOUBLE NULL, made_on DATE NULL, made_at DATETIME(6) NULL,
            touched_at TIMESTAMP(3) NULL, state ENUM('new','open','done') NOT NULL,
            digest VARBINARY(32) NULL, note TEXT NULL, UNIQUE KEY code (code))""",
          """
          CREATE TABLE owners (
            number INT NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL, city VARCHAR(120) NULL)""",
          """
          CREATE TABLE stocks (
            place VARCHAR(16) NOT NULL, slot INT NOT NULL, quantity DECIMAL(10,3) NOT NULL,
            note VARCHAR(120) NULL, PRIMARY KEY (place, slot))""",
          "SET SESSION cte_max_recursion_depth = 1000000",
          "SET SESSION time_zone = '+00:00'");
      for (int from = 0; from < items; from += ROWS_A_STATEMENT) {
        sql.run(
            """
            INSERT INTO items
            WITH RECURSIVE n AS (SELECT %d AS n UNION ALL SELECT n + 1 FROM n WHERE n + 1 < %d)
            SELECT n * %d, CONCAT('C', n), n %% %d, CONCAT('Item ', n), n %% 997 + 0.25, n %% 50,
              n / 8, '2026-01-01' + INTERVAL n %% 300 DAY, '2026-01-01' + INTERVAL n SECOND,
              '2026-01-01 00:00:00', 1 + n %% 3, UNHEX(MD5(n)), NULL FROM n"""
                .formatted(from, Math.min(items, from + ROWS_A_STATEMENT), GAP, OWNERS));
      }
      for (int number = 0; number < OWNERS; number++) {
        sql.run("INSERT INTO owners VALUES (%d, 'Owner %d', NULL)".formatted(number, number));
      }
      for (String place : PLACES) {
        for (int slot = 0; slot < SLOTS; slot += 2) {
          sql.run(
              "INSERT INTO stocks VALUES (%s, %d, %d.5, NULL)"
                  .formatted(FireValues.quoted(place), slot, slot));
        }
      }
    }
  }
}
