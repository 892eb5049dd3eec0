package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.Chain;
import java.math.BigDecimal;
import org.junit.Test;

public class KeyExpressionTest {
  private static final RowSchema TABLE =
      Chain.schema(
              "s.t",
              "",
              "land string, no int, amount decimal(8,2), day date, at timestamp, upper string")
          .columns();

  private static String value(String expression, Object... row) {
    return KeyExpression.parse(expression).bind(TABLE).text(row);
  }

  private static final Object[] ROW = {" de ", 12L, new BigDecimal("1.50"), 19_782, 0L, "x"};

  private static String mistake(String expression) {
    KeyExpressionException e =
        assertThrows(KeyExpressionException.class, () -> KeyExpression.parse(expression));
    return e.position() + ": " + e.getMessage();
  }

  @Test
  public void readsCanonicalTextOfAColumn() {
    assertThat(value("no", ROW), is("12"));
    assertThat(value("amount", ROW), is("1.50"));
    assertThat(value("day", ROW), is("2024-02-29"));
    assertThat(value("at", ROW), is("1970-01-01T00:00:00.000000Z"));
    assertThat(value("`land`", ROW), is(" de "));
  }

  @Test
  public void appliesFunctions() {
    assertThat(value("UPPER(trim(land))", ROW), is("DE"));
    assertThat(value("lower('ÀB')", ROW), is("àb"));
    assertThat(value("lpad(no, 5, '0')", ROW), is("00012"));
    assertThat(value("lpad(no, 5, 'ab')", ROW), is("aba12"));
    assertThat(value("concat(no, '-', literal('it''s'))", ROW), is("12-it's"));
    assertThat(value("coalesce(land, no)", ROW), is(" de "));
  }

  @Test
  public void columnMayHaveTheNameOfAFunction() {
    assertThat(value("upper", ROW), is("x"));
    assertThat(value("upper(upper)", ROW), is("X"));
  }

  @Test
  public void padNeverCutsAKey() {
    assertThat(value("lpad(no, 1, '0')", ROW), is("12"));
  }

  @Test
  public void absentGivesAbsentExceptInCoalesce() {
    Object[] row = {null, null, null, null, null, null};

    assertThat(value("upper(land)", row), is(nullValue()));
    assertThat(value("trim(lower(land))", row), is(nullValue()));
    assertThat(value("lpad(no, 5, '0')", row), is(nullValue()));
    assertThat(value("concat('a', no)", row), is(nullValue()));
    assertThat(value("coalesce(land, no, 'none')", row), is("none"));
    assertThat(value("coalesce(land, no)", row), is(nullValue()));
  }

  @Test
  public void cutsReplacesAndFillsByCharacters() {
    assertThat(value("rpad(no, 5, 'ab')", ROW), is("12aba"));
    assertThat(value("rpad(land, 2, '0')", ROW), is(" de "));
    assertThat(value("substring('DE-00012', 4)", ROW), is("00012"));
    assertThat(value("substring('DE-00012', 1, 2)", ROW), is("DE"));
    assertThat(value("substring('DE', 5, 2)", ROW), is(""));
    assertThat(value("substring('😀bc', 2, 1)", ROW), is("b"));
    assertThat(value("lpad('😀', 3, '😎-')", ROW), is("😎-😀"));
    assertThat(value("replace('DE-00-012', '-', '')", ROW), is("DE00012"));
    assertThat(value("nullif(no, '12')", ROW), is(nullValue()));
    assertThat(value("nullif(no, '')", ROW), is("12"));
  }

  @Test
  public void castsToWholeNumbers() {
    assertThat(value("cast('  +00012 ' as int)", ROW), is("12"));
    assertThat(value("cast('-000' as int)", ROW), is("0"));
    assertThat(value("cast('-7.00' as int)", ROW), is("-7"));
    assertThat(value("cast('123456789012345678901' as int)", ROW), is("123456789012345678901"));
    for (String none : new String[] {"", "-", "1e3", "1.5", ".0", "1 2", "0x1", "１", "1."}) {
      String expected = none.equals("1.") ? "1" : null;
      assertThat(none, value("cast('" + none + "' as int)", ROW), is(expected));
    }
  }

  @Test
  public void castsToDaysAndFormats() {
    assertThat(value("cast('29.02.2024' as date format 'DD.MM.YYYY')", ROW), is("2024-02-29"));
    assertThat(
        value("CAST('20240229235959' AS DATE FORMAT 'yyyymmddhh24miss')", ROW), is("2024-02-29"));
    assertThat(value("cast('2024-02-29' as date)", ROW), is("2024-02-29"));
    assertThat(value("cast(at as date)", ROW), is("1970-01-01"));
    assertThat(value("cast(day as text format 'YYYY/MM/DD HH24')", ROW), is("2024/02/29 00"));
    assertThat(value("cast(at as text format 'HH24:MI:SS')", ROW), is("00:00:00"));
    assertThat(value("cast(cast('1.3.24' as date) as text)", ROW), is(nullValue()));
    for (String none : new String[] {"30.02.2024", "1.2.2024", "29.02.2024 ", "29-02-2024"}) {
      String cast = "cast('" + none + "' as date format 'DD.MM.YYYY')";
      assertThat(none, value(cast, ROW), is(nullValue()));
    }
  }

  @Test
  public void formatsFitTypes() {
    assertThat(
        KeyExpression.parse("upper(cast(no as text format 'YYYY'))").misfit(TABLE).orElseThrow(),
        is("the format 'YYYY' is for dates and times, and is applied to int."));
    assertThat(
        KeyExpression.parse("cast(day as date format 'YYYYMMDD')").misfit(TABLE).orElseThrow(),
        is(
            "the format 'YYYYMMDD' reads a date from text, and is applied to date. Leave the format"
                + " out."));
    assertThat(
        KeyExpression.parse("cast(cast(land as date) as text format 'YYYY')")
            .misfit(TABLE)
            .isEmpty(),
        is(true));
  }

  @Test
  public void namesItsColumns() {
    assertThat(
        KeyExpression.parse("concat(upper(land), '-', coalesce(no, land))").columns(),
        contains("land", "no"));
  }

  @Test
  public void pointsAtTheMistake() {
    assertThat(mistake(""), is("1: expected a column, a function or a 'text', found the end"));
    assertThat(mistake("lpad(no, 5"), is("11: expected \",\" or \")\", found the end"));
    assertThat(
        mistake("lpad(no, x, '0')"), is("10: expected a length from 0 to 1000, found \"x\""));
    assertThat(mistake("lpad(no, 5)"), is("1: lpad takes 3 arguments, found 2"));
    assertThat(mistake("trim(a, b)"), is("1: trim takes 1 argument, found 2"));
    assertThat(
        mistake("lpad(no, 5, '')"), is("13: lpad takes a 'text' of at least one character here"));
    assertThat(mistake("literal(no)"), is("9: literal takes a 'text' here"));
    assertThat(mistake("a b"), is("3: expected the end, found \"b\""));
    assertThat(mistake("concat('a"), is("8: the text that begins here has no end"));
    assertThat(mistake("`a"), is("1: the column name that begins here has no end"));
    assertThat(
        mistake("uper(land)"),
        is(
            "1: unknown function \"uper\". Known: upper, lower, trim, lpad, rpad, substring,"
                + " replace, nullif, concat, coalesce, literal, cast. Did you mean \"upper\"?"));
    assertThat(mistake("cast(a to int)"), is("8: expected \"as\", found \"t\""));
    assertThat(
        mistake("cast(a as integer)"), is("11: unknown type \"integer\". Known: text, int, date."));
    assertThat(mistake("cast(a as int"), is("14: expected \")\", found the end"));
    assertThat(mistake("cast(a as date DD)"), is("16: expected \"format\", found \"D\""));
    assertThat(mistake("cast(a as date format DD)"), is("23: expected a 'format', found \"D\""));
    assertThat(mistake("cast(a as int format 'YYYY')"), is("22: a cast as int has no format"));
    assertThat(
        mistake("cast(a as date format 'MON YY')"),
        is(
            "23: the format of a date is made of YYYY, MM and DD, and of HH24, MI and SS, each"
                + " once, with no other letters or digits between them"));
    assertThat(
        mistake("substring(a, 0)"), is("14: expected a position from 1 to 1000, found \"0\""));
    assertThat(mistake("substring(a)"), is("1: substring takes 2 or 3 arguments, found 1"));
    assertThat(
        mistake("concat()"), is("8: expected a column, a function or a 'text', found \")\""));
  }
}
