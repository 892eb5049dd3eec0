package dev.larder.testdata.binlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.Test;

public class PackedRowTest {

  @Test
  public void isTheListOfItsTexts() {
    String[] texts = {
      null, "", "a", "🍕 Ünïcödé", "x".repeat(126), "y".repeat(127), "z".repeat(20_000), null
    };

    List<String> row = PackedRow.of(texts);

    assertThat(row, is(Arrays.asList(texts)));
    assertThat(Arrays.asList(texts), is(row));
    assertThat(row.hashCode(), is(Arrays.asList(texts).hashCode()));
    assertThat(row, is(PackedRow.of(texts)));
    assertThrows(IndexOutOfBoundsException.class, () -> row.get(texts.length));
  }

  @Test
  public void tellsNoTextFromAnEmptyOne() {
    assertThat(PackedRow.of("", "a"), is(not(PackedRow.of(null, "a"))));
    assertThat(PackedRow.of((String) null), is(Collections.singletonList(null)));
  }
}
