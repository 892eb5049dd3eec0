package dev.larder.pipelines.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.KeyExpression;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Business keys by SQL are those of the vault: each function, each normalisation, each absence. */
public class KeySqlTest {
  private static final RowSchema COLUMNS =
      RowSchema.of(
          Column.nullable("unit_no", ColumnType.INT),
          Column.nullable("long_no", ColumnType.INT),
          Column.nullable("land", ColumnType.STRING),
          Column.nullable("padded", ColumnType.STRING),
          Column.nullable("empty", ColumnType.STRING),
          Column.nullable("blank", ColumnType.STRING),
          Column.nullable("absent", ColumnType.STRING),
          Column.nullable("quoted", ColumnType.STRING),
          Column.nullable("a \"b\"", ColumnType.STRING),
          Column.nullable("price", ColumnType.decimal(8, 2)));

  private DuckDb duck;

  @Before
  public void open() throws SQLException {
    duck = DuckDb.open();
    duck.execute(
        "CREATE TABLE rows AS SELECT 12 AS unit_no, 123456 AS long_no, 'de' AS land, ' x Y ' AS"
            + " padded, '' AS empty, '   ' AS blank, NULL::VARCHAR AS absent, 'O''Brien' AS quoted,"
            + " 'q' AS \"a \"\"b\"\"\", 10.50::DECIMAL(8,2) AS price");
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
    assertThat(key("`a \"b\"`"), is("q"));
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

  /** Each function gives by SQL what it gives in the vault. */
  @Test
  public void functionsAreThoseOfTheVault() throws SQLException {
    RowSchema schema =
        RowSchema.of(
            Column.nullable("text", ColumnType.STRING), Column.nullable("day", ColumnType.DATE));
    for (String text :
        new String[] {
          "",
          " ",
          "0",
          "-0",
          "+007",
          "-12.00",
          "12.5",
          "1e3",
          " 8 ",
          "29.02.2024",
          "30.02.2024",
          "1.2.2024",
          "2024-02-29",
          "2024-02-29 ",
          "20240229235960",
          "20240229235959",
          "x",
          "😀b"
        }) {
      Object[] row = {text, 19_782};
      for (String expression :
          new String[] {
            "cast(text as int)",
            "cast(text as date)",
            "cast(text as date format 'DD.MM.YYYY')",
            "cast(text as date format 'YYYYMMDDHH24MISS')",
            "cast(day as text format 'DD/MM/YYYY HH24')",
            "cast(day as date)",
            "rpad(text, 3, 'ab')",
            "lpad(text, 3, 'ab')",
            "substring(text, 2)",
            "substring(text, 2, 3)",
            "replace(text, '0', '')",
            "nullif(text, 'x')"
          }) {
        KeyExpression key = KeyExpression.parse(expression);
        String sql = KeySql.part(key, Normalisation.NONE, "s", schema);
        String from = " FROM (SELECT '" + text + "' AS text, DATE '2024-02-29' AS day) AS s";
        assertThat(
            expression + " of '" + text + "'",
            duck.rows("SELECT " + sql + from).get(0)[0],
            is(Normalisation.NONE.apply(key.bind(schema).text(row))));
      }
    }
  }

  /** The vault's own reading of each kind that may be a key. */
  @Test
  public void everyKindIsSpelledAsInTheVault() throws SQLException {
    RowSchema schema =
        RowSchema.of(
            Column.nullable("flag", ColumnType.BOOLEAN),
            Column.nullable("uuid", ColumnType.BINARY),
            Column.nullable("day", ColumnType.DATE),
            Column.nullable("placed", ColumnType.DATETIME),
            Column.nullable("committed", ColumnType.TIMESTAMP),
            Column.nullable("length", ColumnType.TIME),
            Column.nullable("negative", ColumnType.TIME),
            Column.nullable("amount", ColumnType.decimal(8, 2)),
            Column.nullable("text", ColumnType.STRING));
    long micros = Values.micros(Instant.parse("2026-03-29T01:30:00.000001Z"));
    Object[] row = {
      true,
      new byte[] {(byte) 0xab, 1, 0},
      20_000,
      micros,
      micros,
      100 * 3_600_000_000L + 61_000_001L,
      -1_000_000L,
      new BigDecimal("-0.50"),
      "Straße"
    };
    duck.execute(
        "CREATE TABLE kinds AS SELECT true AS flag, '\\xAB\\x01\\x00'::BLOB AS uuid,"
            + " DATE '2024-10-04' AS \"day\", TIMESTAMP '2026-03-29 01:30:00.000001' AS placed,"
            + " TIMESTAMPTZ '2026-03-29 01:30:00.000001+00' AS committed, 360061000001 AS length,"
            + " -1000000 AS negative, -0.50::DECIMAL(8, 2) AS amount, 'Straße' AS text");

    for (String column : schema.names()) {
      for (Normalisation normal : Normalisation.values()) {
        KeyExpression expression = KeyExpression.parse(column);
        String sql = KeySql.part(expression, normal, "s", schema);
        assertThat(
            column + " " + normal,
            duck.rows("SELECT " + sql + " FROM kinds AS s").get(0)[0],
            is(normal.apply(expression.bind(schema).text(row))));
      }
    }
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
    String sql = KeySql.part(KeyExpression.parse(expression), normal, "s", COLUMNS);
    return (String) duck.rows("SELECT " + sql + " FROM rows AS s").get(0)[0];
  }
}
