package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigInteger;
import java.time.LocalDate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

public class KeyExpressionPropertyTest {
  private static final RowSchema TABLE =
      RowSchema.of(
          Column.nullable("x", ColumnType.STRING), Column.nullable("day", ColumnType.DATE));

  private static String value(String expression, Object... row) {
    return KeyExpression.parse(expression).bind(TABLE).text(row);
  }

  @Property
  void wholeNumbersHaveOneSpelling(
      @ForAll BigInteger number, @ForAll @IntRange(max = 5) int zeros, @ForAll boolean plus) {
    String sign = number.signum() < 0 ? "-" : plus ? "+" : "";
    String spelled = "  " + sign + "0".repeat(zeros) + number.abs() + ".00 ";

    assertThat(value("cast(x as int)", spelled, null), is(number.toString()));
  }

  @Property
  void whatIsNoWholeNumberIsAbsent(@ForAll @StringLength(max = 8) String text) {
    String cast = value("cast(x as int)", text, null);

    if (text.matches(" *[+-]?[0-9]+([.]0*)? *")) {
      assertThat(value("cast(x as int)", cast, null), is(cast));
    } else {
      assertThat(cast, is(nullValue()));
    }
  }

  @Property
  void dayComesBackFromEveryFormat(
      @ForAll @IntRange(min = -700_000, max = 2_900_000) int day,
      @ForAll("formats") String format) {
    LocalDate date = LocalDate.ofEpochDay(day);
    String text = value("cast(day as text format '" + format + "')", null, day);

    assertThat(value("cast(x as date format '" + format + "')", text, null), is(date.toString()));
  }

  @Provide
  Arbitrary<String> formats() {
    return Arbitraries.of("YYYY-MM-DD", "DD.MM.YYYY", "MMDDYYYY", "DD/MM/YYYY HH24:MI:SS");
  }

  @Property
  void partsMakeTheWhole(@ForAll String text, @ForAll @IntRange(min = 1, max = 20) int length) {
    String parts = "concat(substring(x, 1, " + length + "), substring(x, " + (length + 1) + "))";

    assertThat(value(parts, text, null), is(text));
  }

  @Property
  void padFillsAndNeverCuts(@ForAll String text, @ForAll @IntRange(max = 12) int length) {
    String padded = value("lpad(x, " + length + ", '0')", text, null);

    assertThat(padded, endsWith(text));
    assertThat(
        padded.codePointCount(0, padded.length()),
        is(Math.max(length, text.codePointCount(0, text.length()))));
  }

  @Property
  void anyTextIsAnExpressionOrHasAMistakeAtAPlace(@ForAll("almost") String text) {
    try {
      KeyExpression.parse(text).columns();
    } catch (KeyExpressionException e) {
      assertThat(
          e.position(), allOf(greaterThanOrEqualTo(1), lessThanOrEqualTo(text.length() + 1)));
    }
  }

  @Provide
  Arbitrary<String> almost() {
    return Arbitraries.of(
            "cast",
            "(",
            ")",
            ",",
            "'",
            "`",
            " ",
            "as",
            "int",
            "date",
            "format",
            "'DD'",
            "x",
            "lpad",
            "substring",
            "concat",
            "5",
            "0",
            "'YYYYMMDD'",
            "é")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
