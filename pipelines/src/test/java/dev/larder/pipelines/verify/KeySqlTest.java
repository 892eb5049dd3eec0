package dev.larder.pipelines.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.pipelines.mart.DuckDb;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.KeyExpression;
import java.sql.SQLException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Business keys by SQL are those of the vault: each function, each normalisation, each absence. */
public class KeySqlTest {
  private DuckDb duck;

  @Before
  public void open() throws SQLException {
    duck = DuckDb.open();
    duck.execute(
        "CREATE TABLE rows AS SELECT 12 AS unit_no, 123456 AS long_no, 'de' AS land, ' x Y ' AS"
            + " padded, '' AS empty, '   ' AS blank, NULL::VARCHAR AS absent, 'O''Brien' AS quoted,"
            + " 'q' AS \"a \"\"b\"\"\", 10.50::DECIMAL(8,2) AS price, 'straße' AS street");
  }

  @After
  public void close() throws SQLException {
    duck.close();
  }

  @Test
  public void columnsAreTexts() throws SQLException {
    assertThat(key("unit_no"), is("12"));
    assertThat(key("price"), is("10.50"));
    assertThat(key("quoted"), is("O'Brien"));
    assertThat(key("padded"), is(" x Y "));
  }

  @Test
  public void absentAndEmptyKeysAreNull() throws SQLException {
    assertThat(key("absent"), is(nullValue()));
    assertThat(key("empty"), is(nullValue()));
    assertThat(key("blank", Normalisation.TRIM), is(nullValue()));
    assertThat(key("blank", Normalisation.NONE), is("   "));
  }

  @Test
  public void normalisations() throws SQLException {
    assertThat(key("padded", Normalisation.TRIM), is("x Y"));
    assertThat(key("padded", Normalisation.UPPER), is(" X Y "));
    assertThat(key("padded", Normalisation.LOWER), is(" x y "));
    assertThat(key("padded", Normalisation.UPPER_TRIM), is("X Y"));
    assertThat(key("padded", Normalisation.LOWER_TRIM), is("x y"));
  }

  @Test
  public void functions() throws SQLException {
    assertThat(key("upper(land)"), is("DE"));
    assertThat(key("lower(quoted)"), is("o'brien"));
    assertThat(key("trim(padded)"), is("x Y"));
    assertThat(key("lpad(unit_no, 5, '0')"), is("00012"));
    assertThat(key("coalesce(absent, land)"), is("de"));
    assertThat(key("concat(land, '-', unit_no)"), is("de-12"));
  }

  @Test
  public void paddingDoesNotCut() throws SQLException {
    assertThat(key("lpad(long_no, 5, '0')"), is("123456"));
  }

  @Test
  public void whatIsJoinedWithNothingIsNothing() throws SQLException {
    assertThat(key("concat(land, absent)"), is(nullValue()));
    assertThat(key("lpad(absent, 5, '0')"), is(nullValue()));
  }

  private String key(String expression) throws SQLException {
    return key(expression, Normalisation.NONE);
  }

  private String key(String expression, Normalisation normal) throws SQLException {
    String sql = KeySql.part(KeyExpression.parse(expression), normal, "s");
    return (String) duck.rows("SELECT " + sql + " FROM rows AS s").get(0)[0];
  }
}
