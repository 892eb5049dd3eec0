package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.junit.Test;

public class ColumnTypeTest {

  @Test
  public void everyTypeWithoutStructReadsBackFromItsText() {
    List<String> texts =
        List.of(
            "boolean",
            "int",
            "int(8)",
            "int(32)",
            "decimal(38,4)",
            "timestamp",
            "array<int>",
            "array<string not null>",
            "map<string, int>",
            "map<decimal(10,2), array<map<int(16), date not null>> not null>");

    for (String text : texts) {
      assertThat(ColumnType.parse(text).toString(), is(text));
    }
  }

  @Test
  public void namesWhatItHolds() {
    ColumnType map =
        ColumnType.map(
            ColumnType.STRING, Column.required("value", ColumnType.array(ColumnType.INT)));

    assertThat(map.key(), is(Column.required("key", ColumnType.STRING)));
    assertThat(map.value().nullable(), is(false));
    assertThat(map.value().type().element(), is(Column.nullable("element", ColumnType.INT)));
    assertThat(
        ColumnType.struct(RowSchema.of(Column.nullable("m", map))).toString(),
        is("struct<m map<string, array<int> not null>>"));
  }

  @Test
  public void anIntHasBits() {
    assertThat(ColumnType.INT.bits(), is(64));
    assertThat(ColumnType.integer(64), is(ColumnType.INT));
    assertThat(ColumnType.integer(16).bits(), is(16));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ColumnType.integer(24));
    assertThat(error.getMessage(), is("int(24) has no 8, 16 or 32 bits"));
  }

  @Test
  public void whatHoldsNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ColumnType(Kind.ARRAY, 0, 0, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> ColumnType.array(Column.nullable("item", ColumnType.INT)));
    assertThrows(IllegalStateException.class, ColumnType.INT::element);
  }
}
