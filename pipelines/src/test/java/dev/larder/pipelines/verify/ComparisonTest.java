package dev.larder.pipelines.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.pipelines.mart.DuckDb;
import java.sql.SQLException;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ComparisonTest {
  private static final String SAME = "(1, 'a', 1.50, DATE '2026-01-01'), (2, NULL, NULL, NULL)";

  private DuckDb duck;

  @Before
  public void open() throws SQLException {
    duck = DuckDb.open();
  }

  @After
  public void close() throws SQLException {
    duck.close();
  }

  @Test
  public void equalRowsAreNoDifferenceNullsToo() throws SQLException {
    Comparison comparison = comparison(SAME, SAME);

    assertThat(findings(comparison), is(empty()));
    assertThat(counts(comparison), contains(2L, 0L));
  }

  @Test
  public void namesARowThatTheVaultLacks() throws SQLException {
    Comparison comparison = comparison(SAME + ", (3, 'c', 0, NULL)", SAME);

    assertThat(findings(comparison), contains("id=3 is missing in the vault"));
    assertThat(counts(comparison), contains(3L, 1L));
  }

  @Test
  public void namesARowThatTheSourceLacks() throws SQLException {
    Comparison comparison = comparison(SAME, SAME + ", (3, 'c', 0, NULL)");

    assertThat(findings(comparison), contains("id=3 is in the vault but not in the source"));
    assertThat(counts(comparison), contains(2L, 1L));
  }

  @Test
  public void aHubMayKnowMoreThanTheSource() throws SQLException {
    Comparison comparison = keysOnly("(1)", "(1), (2)", false);

    assertThat(findings(comparison), is(empty()));
  }

  @Test
  public void rowsOfKeysAloneAreComparedToo() throws SQLException {
    assertThat(
        findings(keysOnly("(1), (2)", "(1), (3)", true)),
        contains("id=2 is missing in the vault", "id=3 is in the vault but not in the source"));
  }

  @Test
  public void namesEachColumnThatDiffersWithBothValues() throws SQLException {
    Comparison comparison =
        comparison(
            "(1, 'a', 1.50, DATE '2026-01-01'), (2, NULL, 2.00, NULL)",
            "(1, 'A', 1.50, DATE '2026-01-02'), (2, '', NULL, NULL)");

    assertThat(
        findings(comparison),
        contains(
            "id=1 name: source \"a\", vault \"A\"; day: source \"2026-01-01\", vault"
                + " \"2026-01-02\"",
            "id=2 name: source NULL, vault \"\"; price: source \"2.00\", vault NULL"));
    assertThat(counts(comparison), contains(2L, 2L));
  }

  @Test
  public void namesARowThatTheVaultHasTwice() throws SQLException {
    Comparison comparison = comparison(SAME, SAME + ", (1, 'a', 1.50, DATE '2026-01-01')");

    assertThat(findings(comparison), contains("id=1 is in the vault 2 times"));
    assertThat(counts(comparison), contains(2L, 1L));
  }

  @Test
  public void namesARowThatTheVaultHasTwiceWithOtherValues() throws SQLException {
    Comparison comparison = comparison("(1, 'a', 1, NULL)", "(1, 'a', 1, NULL), (1, 'b', 1, NULL)");

    assertThat(findings(comparison), contains("id=1 is in the vault 2 times"));
  }

  @Test
  public void namesAKeyThatTheSourceHasTwiceAndTheVaultOnce() throws SQLException {
    Comparison comparison = comparison("(1, 'a', 1, NULL), (1, 'b', 1, NULL)", "(1, 'b', 1, NULL)");

    assertThat(
        findings(comparison),
        contains("id=1 is in the source 2 times; name: source \"a\", vault \"b\""));
  }

  @Test
  public void quotesInNamesAndValuesStandAsTheyAre() throws SQLException {
    Comparison comparison =
        new Comparison(
            "hub_x",
            "pos.x",
            List.of("it's"),
            List.of("\"c\""),
            "SELECT 'O''Brien' AS k0, 1 AS c0",
            "SELECT 'O''Brien' AS k0, 2 AS c0",
            true);

    assertThat(findings(comparison), contains("it's=O'Brien \"c\": source \"1\", vault \"2\""));
  }

  @Test
  public void keysWithNullPartsMatch() throws SQLException {
    Comparison comparison =
        new Comparison(
            "link_x",
            "pos.x",
            List.of("a", "b"),
            List.of("v"),
            "SELECT 1 AS k0, NULL AS k1, 5 AS c0",
            "SELECT 1 AS k0, NULL AS k1, 6 AS c0",
            true);

    assertThat(findings(comparison), contains("a=1, b=NULL v: source \"5\", vault \"6\""));
  }

  private static Comparison comparison(String expected, String actual) {
    return new Comparison(
        "sat_x",
        "pos.x",
        List.of("id"),
        List.of("name", "price", "day"),
        rows(expected),
        rows(actual),
        true);
  }

  private static Comparison keysOnly(String expected, String actual, boolean absentIsWrong) {
    return new Comparison(
        "hub_x",
        "pos.x",
        List.of("id"),
        List.of(),
        "SELECT * FROM (VALUES " + expected + ") t(k0)",
        "SELECT * FROM (VALUES " + actual + ") t(k0)",
        absentIsWrong);
  }

  private static String rows(String values) {
    return "SELECT k0, c0, CAST(c1 AS DECIMAL(10, 2)) AS c1, CAST(c2 AS DATE) AS c2 FROM (VALUES "
        + values
        + ") t(k0, c0, c1, c2)";
  }

  private List<String> findings(Comparison comparison) throws SQLException {
    return duck.rows(comparison.sql() + " ORDER BY place").stream()
        .map(row -> row[0] + " " + row[1])
        .toList();
  }

  private List<Object> counts(Comparison comparison) throws SQLException {
    return List.of(duck.rows(comparison.countSql()).get(0));
  }
}
