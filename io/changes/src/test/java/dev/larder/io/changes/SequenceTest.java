package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import org.junit.Test;

public class SequenceTest {

  @Test
  public void textHasFixedWidthAndReadsBack() {
    Sequence sequence = Sequence.of("binlog.000003", 59473, 2);

    assertThat(sequence.text(), is("00000003:000000059473:000002"));
    assertThat(Sequence.parse(sequence.text()), is(sequence));
  }

  @Test
  public void ordersByFileThenPositionThenRow() {
    Sequence late = new Sequence(10, 4, 0);
    Sequence[] earlier = {new Sequence(9, 4_294_967_295L, 9), new Sequence(10, 3, 999)};

    for (Sequence early : earlier) {
      assertThat(early.compareTo(late) < 0, is(true));
      assertThat(early.text().compareTo(late.text()) < 0, is(true));
    }
  }

  @Test
  public void refusesFileWithoutOrdinal() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Sequence.of("binlog", 4, 0));

    assertThat(
        error.getMessage(),
        is("binlog file \"binlog\" does not end in an ordinal like binlog.000003"));
  }

  @Test
  public void refusesMoreDigitsThanTheTextHolds() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new Sequence(1, 10_000_000_000_000L, 0).text());

    assertThat(error.getMessage(), is("10000000000000 has more than 12 digits"));
  }
}
