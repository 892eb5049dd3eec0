package dev.larder.io.delta.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class HilbertCurvePropertyTest {

  @Property
  void everyCellHasOnePlaceAndEveryPlaceOneCell(
      @ForAll @IntRange(min = 1, max = 4) int dimensions,
      @ForAll @IntRange(min = 1, max = 10) int bits,
      @ForAll @LongRange(min = 0) long any) {
    HilbertCurve curve = new HilbertCurve(dimensions, bits);
    long place = any % (1L << dimensions * bits);

    int[] cell = curve.cell(place);

    assertThat(curve.index(cell), is(place));
    assertThat(Arrays.stream(cell).allMatch(axis -> axis >= 0 && axis < curve.side()), is(true));
  }

  @Property
  void neighboursOnTheLineAreOneStepApart(
      @ForAll @IntRange(min = 1, max = 4) int dimensions,
      @ForAll @IntRange(min = 1, max = 10) int bits,
      @ForAll @LongRange(min = 0) long any) {
    HilbertCurve curve = new HilbertCurve(dimensions, bits);
    long place = any % ((1L << dimensions * bits) - 1);

    int[] here = curve.cell(place);
    int[] next = curve.cell(place + 1);

    int steps = 0;
    for (int i = 0; i < dimensions; i++) {
      steps += Math.abs(here[i] - next[i]);
    }
    assertThat(steps, is(1));
  }

  @Example
  void theWholeOfASmallCubeIsVisited() {
    HilbertCurve curve = new HilbertCurve(3, 3);
    boolean[] seen = new boolean[512];

    for (int place = 0; place < 512; place++) {
      int[] cell = curve.cell(place);
      seen[cell[0] * 64 + cell[1] * 8 + cell[2]] = true;
    }

    for (boolean each : seen) {
      assertThat(each, is(true));
    }
  }

  @Property
  void oneColumnIsSimplySorted(
      @ForAll @IntRange(min = 1, max = 16) int bits, @ForAll @IntRange(min = 0) int any) {
    HilbertCurve curve = new HilbertCurve(1, bits);
    int cell = any % curve.side();

    assertThat(curve.index(cell), is((long) cell));
  }

  @Example
  void indexesThatDoNotFitAreRefused() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> new HilbertCurve(7, 9)).getMessage(),
        is("7 dimensions of 9 bits do not fit an index"));
  }
}
