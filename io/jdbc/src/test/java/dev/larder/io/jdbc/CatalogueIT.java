package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

public final class CatalogueIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  @Before
  public void startEmpty() throws SQLException {
    MYSQL.startEmpty();
  }

  private static Catalogue catalogue(String... names) throws SQLException {
    Source source = MYSQL.source();
    try (Connection connection = Connections.open(source)) {
      return Catalogue.read(source, connection, List.of(names));
    }
  }

  private static TableSchema table(String definition) throws SQLException {
    MYSQL.run("DROP TABLE IF EXISTS t", "CREATE TABLE t (" + definition + ")");
    return catalogue("t").table("t");
  }

  @Test
  public void readsColumnsInTheirOrder() throws SQLException {
    TableSchema table =
        table(
            "z BIGINT UNSIGNED NOT NULL, `a b` DECIMAL(10,2), Mixed VARCHAR(3) NOT NULL DEFAULT"
                + " 'x', PRIMARY KEY (z)");

    assertThat(table.id(), is(new TableId("pos", "t")));
    assertThat(
        table.columns().toString(),
        is("z decimal(20,0) not null, a b decimal(10,2), Mixed string not null"));
  }

  @Test
  public void readsGeneratedAndInvisibleColumns() throws SQLException {
    TableSchema table =
        table(
            "a INT PRIMARY KEY, b INT AS (a * 2) STORED NOT NULL, c INT AS (a * 3) VIRTUAL, d INT"
                + " INVISIBLE");

    assertThat(table.columns().toString(), is("a int not null, b int not null, c int, d int"));
  }

  @Test
  public void takesThePrimaryKeyInKeyOrder() throws SQLException {
    assertThat(
        table("a INT, b INT, c INT NOT NULL UNIQUE, PRIMARY KEY (b, a)").key(), contains("b", "a"));
  }

  @Test
  public void takesTheFirstUniqueKeyWithoutNullsWhereThereIsNoPrimaryKey() throws SQLException {
    assertThat(
        table(
                "a INT UNIQUE, b VARCHAR(9) NOT NULL, c INT NOT NULL, d INT NOT NULL,"
                    + " UNIQUE zz (c, b), UNIQUE aa (d), KEY (b)")
            .key(),
        contains("c", "b"));
  }

  @Test
  public void takesNoKeyOfNullablePartialOrComputedColumns() throws SQLException {
    assertThat(
        table(
                "a INT, b VARCHAR(9) NOT NULL, c INT NOT NULL, d INT NOT NULL, UNIQUE (a, c),"
                    + " UNIQUE (b(3)), UNIQUE ((c + 1)), KEY (d)")
            .key(),
        empty());
  }

  @Test
  public void leavesViewsAndOtherTablesOut() throws SQLException {
    MYSQL.run(
        "CREATE TABLE one (id INT PRIMARY KEY)",
        "CREATE TABLE two (id INT PRIMARY KEY)",
        "CREATE VIEW three AS SELECT * FROM one");

    assertThat(
        catalogue().tables().keySet(),
        contains(new TableId("pos", "one"), new TableId("pos", "two")));
    assertThat(catalogue("two", "nine").tables().keySet(), contains(new TableId("pos", "two")));
  }

  @Test
  public void estimatesRows() throws SQLException {
    MYSQL.run(
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "INSERT INTO t VALUES (1), (2), (3)",
        "ANALYZE TABLE t");

    assertThat(catalogue().estimatedRows(new TableId("pos", "t")), is(3L));
  }

  @Test
  public void saysWhichTablesThereAre() throws SQLException {
    MYSQL.run("CREATE TABLE orders (id INT PRIMARY KEY)", "CREATE TABLE items (id INT)");
    Catalogue catalogue = catalogue();

    UserException e = assertThrows(UserException.class, () -> catalogue.table("oders"));

    assertThat(
        e.getMessage(),
        is(
            "Table pos.oders is not in database shop at "
                + MYSQL.source().address()
                + ", or user "
                + MYSQL.source().user()
                + " may not see it. Tables there: items, orders. Correct the name, or: GRANT"
                + " SELECT ON `shop`.`oders` TO '"
                + MYSQL.source().user()
                + "'@'%';"));
  }
}
