package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notANumber;

import dev.larder.io.changes.TableFacts;
import dev.larder.io.changes.TableFacts.Comparison;
import dev.larder.io.changes.TableFacts.ForeignKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

public final class SchemaFactsIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static List<TableFacts> tables;

  @BeforeClass
  public static void readTables() throws SQLException {
    MYSQL.run(
        "CREATE TABLE cities (country CHAR(2) NOT NULL, code INT NOT NULL, name VARCHAR(9) NULL,"
            + " mayor VARCHAR(9) NULL, PRIMARY KEY (country, code)) COMMENT 'where people live'",
        "INSERT INTO cities VALUES ('DE', 1, 'A', NULL), ('DE', 2, 'B', NULL), ('FR', 1, NULL,"
            + " NULL), ('FR', 2, 'C', NULL)",
        "CREATE TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, mail VARCHAR(9) CHARACTER SET"
            + " utf8mb4 COLLATE utf8mb4_general_ci NOT NULL UNIQUE COMMENT 'one each', nick"
            + " VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci NOT NULL, token"
            + " VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, country CHAR(2) NOT"
            + " NULL, city INT NOT NULL, boss INT NULL UNIQUE, UNIQUE prefix (token(3)),"
            + " FOREIGN KEY (country, city) REFERENCES cities (country, code), FOREIGN KEY (boss)"
            + " REFERENCES people (id))",
        "CREATE TABLE plain (a INT NULL)",
        "ANALYZE TABLE cities, people");
    Source source = MYSQL.source();
    try (Connection connection = Connections.open(source)) {
      tables = SchemaFacts.read(source, connection);
    }
  }

  private static TableFacts table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  public void readsPrimaryAndUniqueKeysThatHoldForEveryRow() {
    assertThat(table("cities").primaryKey(), contains("country", "code"));
    assertThat(table("people").primaryKey(), contains("id"));
    assertThat(table("people").uniqueKeys(), contains(List.of("mail")));
    assertThat(table("plain").primaryKey(), is(empty()));
  }

  @Test
  public void readsForeignKeysColumnByColumn() {
    assertThat(
        table("people").foreignKeys(),
        contains(
            new ForeignKey(List.of("country", "city"), "cities", List.of("country", "code")),
            new ForeignKey(List.of("boss"), "people", List.of("id"))));
  }

  @Test
  public void tellsHowTextsAreCompared() {
    TableFacts people = table("people");

    assertThat(
        people.columns().get("mail").comparison(), is(Comparison.WITHOUT_CASE_OR_TRAILING_SPACES));
    assertThat(people.columns().get("nick").comparison(), is(Comparison.WITHOUT_CASE));
    assertThat(people.columns().get("token").comparison(), is(Comparison.EXACT));
    assertThat(people.columns().get("city").comparison(), is(Comparison.EXACT));
  }

  @Test
  public void readsCommentsAndNumbering() {
    assertThat(table("cities").comment(), is("where people live"));
    assertThat(table("people").columns().get("mail").comment(), is("one each"));
    assertThat(table("people").columns().get("id").isNumbered(), is(true));
    assertThat(table("people").columns().get("city").isNumbered(), is(false));
  }

  @Test
  public void countsRowsValuesAndNulls() {
    TableFacts cities = table("cities");

    assertThat(cities.rows(), is(4L));
    assertThat(cities.columns().get("country").distinct(), is(2L));
    assertThat(cities.columns().get("name").distinct(), is(-1L));
    assertThat(cities.columns().get("name").nullShare(), is(0.25));
    assertThat(cities.columns().get("mayor").nullShare(), is(1.0));
    assertThat(table("plain").columns().get("a").nullShare(), is(notANumber()));
  }
}
