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
        mistake("lpad(no, 5, '')"), is("13: lpad pads with a 'text' of at least one character"));
    assertThat(mistake("literal(no)"), is("9: literal takes a 'text'"));
    assertThat(mistake("a b"), is("3: expected the end, found \"b\""));
    assertThat(mistake("concat('a"), is("8: the text that begins here has no end"));
    assertThat(mistake("`a"), is("1: the column name that begins here has no end"));
    assertThat(
        mistake("uper(land)"),
        is(
            "1: unknown function \"uper\". Known: upper, lower, trim, lpad, concat, coalesce,"
                + " literal. Did you mean \"upper\"?"));
    assertThat(
        mistake("concat()"), is("8: expected a column, a function or a 'text', found \")\""));
  }
}
