package dev.larder.io.delta.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class QuantileScalePropertyTest {

  /** Values of one kind, absent ones among them; the kind is any that has an order. */
  @Provide
  Arbitrary<List<Object>> columns() {
    return Arbitraries.oneOf(
        column(Arbitraries.longs().map(any -> any)),
        column(Arbitraries.strings().ofMaxLength(5).map(any -> any)),
        column(Arbitraries.doubles().map(any -> any)),
        column(Arbitraries.floats().map(any -> any)),
        column(Arbitraries.of(true, false)),
        column(Arbitraries.integers().map(any -> any)),
        column(Arbitraries.bigDecimals().ofScale(2).map((BigDecimal any) -> any)),
        column(Arbitraries.bytes().array(byte[].class).ofMaxSize(4)));
  }

  private static Arbitrary<List<Object>> column(Arbitrary<?> values) {
    return values.asGeneric().injectNull(0.2).list().ofMinSize(2).ofMaxSize(60);
  }

  @Property
  void theScaleIsMonotoneAndEveryValueHasACell(
      @ForAll("columns") List<Object> column, @ForAll @IntRange(min = 1, max = 40) int cells) {
    QuantileScale scale = QuantileScale.of(column.subList(column.size() / 2, column.size()), cells);

    for (Object one : column) {
      assertThat(scale.cell(one), is(greaterThanOrEqualTo(0)));
      assertThat(scale.cell(one), is(lessThan(cells)));
      for (Object other : column) {
        if (Values.compare(one, other) <= 0) {
          assertThat(scale.cell(one), is(lessThanOrEqualTo(scale.cell(other))));
        }
      }
    }
  }

  @Example
  void skewedValuesFillTheCellsEvenly() {
    Random random = new Random(1);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      values.add(Math.exp(8 * random.nextGaussian()));
    }

    QuantileScale scale = QuantileScale.of(values, 64);

    int[] rows = new int[64];
    values.forEach(value -> rows[scale.cell(value)]++);
    for (int each : rows) {
      assertThat(Math.abs(each - 100_000 / 64), is(lessThanOrEqualTo(2)));
    }
  }

  @Example
  void withoutASampleAllIsOneCell() {
    assertThat(QuantileScale.of(List.of(), 8).cell("any"), is(0));
    assertThat(QuantileScale.of(List.of(), 8).cell(null), is(0));
  }
}
