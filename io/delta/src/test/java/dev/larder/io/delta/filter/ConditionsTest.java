package dev.larder.io.delta.filter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import java.util.List;
import org.junit.Test;

public class ConditionsTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable("hk", ColumnType.BINARY),
          Column.nullable("a.b", ColumnType.INT),
          Column.nullable(
              "a", ColumnType.struct(RowSchema.of(Column.nullable("b", ColumnType.STRING)))),
          Column.nullable(
              "after", ColumnType.struct(RowSchema.of(Column.nullable("id", ColumnType.INT)))));

  private static Object[] row(Long id, byte[] hash, Long inner) {
    return new Object[] {id, hash, 1L, new Object[] {"x"}, new Object[] {inner}};
  }

  private static boolean passes(Filter filter, Object[] row) {
    return Conditions.of("/lake/t", SCHEMA, filter).passes(row);
  }

  @Test
  public void comparesBinaryKeysAsUnsignedBytes() {
    Object[] row = row(1L, new byte[] {(byte) 0x80}, null);

    assertThat(passes(Filter.greaterThan("hk", new byte[] {0x7F}), row), is(true));
    assertThat(passes(Filter.equalTo("hk", new byte[] {(byte) 0x80}), row), is(true));
  }

  @Test
  public void looksIntoStructs() {
    assertThat(passes(Filter.equalTo("after.id", 7L), row(1L, null, 7L)), is(true));
    assertThat(passes(Filter.isNull("after.id"), row(1L, null, null)), is(true));
    assertThat(passes(Filter.isNull("after.id"), new Object[5]), is(true));
  }

  @Test
  public void aColumnWhoseNameHoldsADotComesBeforeAField() {
    assertThat(passes(Filter.equalTo("a.b", 1L), row(1L, null, null)), is(true));
  }

  @Test
  public void anAbsentValueIsNeitherEqualNorUnequal() {
    Object[] row = row(null, null, null);

    assertThat(passes(Filter.equalTo("id", 1L), row), is(false));
    assertThat(passes(Filter.notEqualTo("id", 1L), row), is(false));
    assertThat(passes(Filter.not(Filter.isIn("id", List.of(1L))), row), is(false));
    assertThat(passes(Filter.isNull("id").or(Filter.equalTo("id", 1L)), row), is(true));
  }

  @Test
  public void namesTheColumnsThatAFilterLooksAt() {
    Filter filter =
        Filter.not(Filter.isNull("id").or(Filter.equalTo("after.id", 1L)))
            .and(Filter.isIn("hk", List.of()));

    assertThat(Conditions.columns(filter), contains("id", "after.id", "hk"));
  }

  @Test
  public void refusesALiteralOfAnotherTypeAndNamesBoth() {
    UserException error =
        assertThrows(
            UserException.class,
            () -> Conditions.of("/lake/t", SCHEMA, Filter.equalTo("after.id", "7")));

    assertThat(
        error.getMessage(),
        is(
            "/lake/t, column \"after.id\" has the type int, whose values are Long; the filter"
                + " compares it with a String. Give a Long."));
  }

  @Test
  public void refusesAColumnThatIsNotThere() {
    UserException error =
        assertThrows(
            UserException.class, () -> Conditions.of("/lake/t", SCHEMA, Filter.isNull("idd")));

    assertThat(
        error.getMessage(),
        is("/lake/t has no column \"idd\". Known columns: id, hk, a.b, a, after."));
  }

  @Test
  public void refusesToCompareAStruct() {
    UserException error =
        assertThrows(
            UserException.class,
            () -> Conditions.of("/lake/t", SCHEMA, Filter.equalTo("after", "x")));

    assertThat(
        error.getMessage(),
        is(
            "/lake/t, column \"after\" has the type struct<id int>, whose values have no order."
                + " Filter by one of its fields, or ask whether it is null."));
  }

  @Test
  public void aLiteralIsNeverNull() {
    NullPointerException error =
        assertThrows(NullPointerException.class, () -> Filter.equalTo("id", null));

    assertThat(error.getMessage(), is("a literal is not null; ask isNull"));
  }
}
