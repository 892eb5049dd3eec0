package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.Test;

public class ValuesTest {

  @Test
  public void textIsCanonical() {
    assertThat(Values.text(ColumnType.INT, -5L), is("-5"));
    assertThat(
        Values.text(ColumnType.decimal(10, 2), new BigDecimal("1E+3").setScale(2)), is("1000.00"));
    assertThat(Values.text(ColumnType.FLOAT, 1f / 3), is("0.33333334"));
    assertThat(Values.text(ColumnType.DOUBLE, 41.0), is("41"));
    assertThat(Values.text(ColumnType.BINARY, new byte[] {0, (byte) 0xff}), is("00ff"));
    assertThat(Values.text(ColumnType.DATE, 19767), is("2024-02-14"));
    assertThat(Values.text(ColumnType.TIME, -3020399_000001L), is("-838:59:59.000001"));
    assertThat(Values.text(ColumnType.DATETIME, -1L), is("1969-12-31T23:59:59.999999"));
    assertThat(
        Values.text(ColumnType.TIMESTAMP, 1_711_852_200_000_000L),
        is("2024-03-31T02:30:00.000000Z"));
  }

  @Test
  public void comparesBinaryUnsignedAndTextByCodePoint() {
    assertThat(Values.compare(new byte[] {1}, new byte[] {(byte) 0x80}), lessThan(0));
    assertThat(Values.compare("\uFF5E", "\uD83D\uDE80"), lessThan(0));
    assertThat(Values.compare(null, 1L), lessThan(0));
  }

  @Test
  public void comparesNestedValuesByTheirFirstDifference() {
    Object[] map = {new Object[] {"a", 1L}, new Object[] {"b", null}};

    assertThat(Values.same(map, new Object[] {map[0], new Object[] {"b", null}}), is(true));
    assertThat(Values.compare(map, map.clone()), is(0));
    assertThat(Values.compare(new Object[] {1L}, new Object[] {1L, null}), lessThan(0));
    assertThat(Values.compare(new Object[] {null, 9L}, new Object[] {1L, 0L}), lessThan(0));
    assertThat(Values.compare(map, new Object[] {map[0], new Object[] {"b", 0L}}), lessThan(0));
  }

  @Test
  public void nestedValuesHaveNoText() {
    ColumnType type = ColumnType.array(ColumnType.INT);

    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Values.text(type, new Object[] {1L}));

    assertThat(error.getMessage(), is("a value of array<int> has no canonical text"));
  }

  @Test
  public void microsReachTheYear9999() {
    Instant openEnd = Instant.parse("9999-12-31T00:00:00Z");

    assertThat(Values.micros(openEnd), is(253_402_214_400_000_000L));
    assertThat(Values.instant(Values.micros(openEnd)), is(openEnd));
    assertThat(Values.micros(Instant.parse("1969-12-31T23:59:59.9999995Z")), is(-1L));
  }
}
