package dev.larder.io.delta.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.file.RowIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RowSorterPropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("place", ColumnType.INT), Column.nullable("name", ColumnType.STRING));

  @Provide
  Arbitrary<List<Object[]>> rows() {
    Arbitrary<Long> places =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 5), Arbitraries.longs().between(0, (1L << 41) - 1));
    return places
        .map(place -> new Object[] {place, place % 3 == 0 ? null : "row" + place})
        .list()
        .ofMaxSize(200);
  }

  @Property(tries = 200)
  void rowsComeOutInOrderEachOnceWhetherOrNotTheyFitIntoMemory(
      @ForAll("rows") List<Object[]> rows, @ForAll @IntRange(min = 1, max = 3_000) int limit) {
    List<String> expected =
        rows.stream()
            .sorted(Comparator.comparingLong(row -> (Long) row[0])) // stable
            .map(Rows::text)
            .toList();

    try (RowSorter sorter = new RowSorter(SCHEMA, limit)) {
      rows.forEach(row -> sorter.add((Long) row[0], row));

      assertThat(drained(sorter), is(expected));
    }
  }

  @Example
  void whatDoesNotFitGoesToDiskInRuns() {
    try (RowSorter sorter = new RowSorter(SCHEMA, 64)) {
      for (long place = 100; place > 0; place--) {
        sorter.add(place, new Object[] {place, "x"});
      }

      assertThat(sorter.runs(), is(greaterThan(3)));
      assertThat(drained(sorter).get(0), is("[1, x]"));
    }
  }

  @Example
  void aFolderThatCannotBeWrittenToIsNamed() {
    String folder = System.getProperty("java.io.tmpdir");
    SinkException refused;
    try (RowSorter sorter = new RowSorter(SCHEMA, 1)) {
      System.setProperty("java.io.tmpdir", "/nowhere");
      refused = assertThrows(SinkException.class, () -> sorter.add(1, new Object[] {1L, "x"}));
    } finally {
      System.setProperty("java.io.tmpdir", folder);
    }

    assertThat(
        refused.getMessage(),
        matchesPattern(
            "Rows cannot be sorted in /nowhere \\(/nowhere/larder-\\d+\\.tmp\\)\\. Make space there, or"
                + " give the JVM another folder by -Djava\\.io\\.tmpdir\\. The table is as it was\\."));
  }

  private static List<String> drained(RowSorter sorter) {
    List<String> texts = new ArrayList<>();
    try (RowIterator sorted = sorter.sorted()) {
      sorted.forEachRemaining(row -> texts.add(Rows.text(row)));
    }
    return texts;
  }
}
