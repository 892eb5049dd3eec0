package dev.larder.testdata.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes the chain's two databases anew, empty. What was in databases of that name is dropped. */
final class ChainSchema {
  private ChainSchema() {}

  static void create(Database database) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : script(database.name()).split(";\n")) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      throw ChainErrors.databaseRefused(database, "creating its tables", e);
    }
  }

  private static String script(String database) {
    String file = "schema-" + database + ".sql";
    try (InputStream bytes = ChainSchema.class.getResourceAsStream(file)) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + file + " of the class path", e);
    }
  }
}
