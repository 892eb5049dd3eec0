package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

public class DicePropertyTest {
  @Property(tries = 200)
  void drawsStayInTheirRange(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
    Dice dice = Dice.of(seed);

    assertThat(dice.below(bound), is(allOf(greaterThanOrEqualTo(0), lessThan(bound))));
    assertThat(dice.unit(), is(allOf(greaterThanOrEqualTo(0.0), lessThan(1.0))));
  }

  @Property(tries = 20)
  void poissonHasItsMean(
      @ForAll @IntRange(min = 0, max = 1_000) int seed,
      @ForAll @DoubleRange(min = 0.1, max = 400) double mean) {
    Dice dice = Dice.of(seed);
    double sum = 0;
    for (int i = 0; i < 4_000; i++) {
      sum += dice.poisson(mean);
    }

    assertThat(sum / 4_000, is(closeTo(mean, 6 * Math.sqrt(mean / 4_000))));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void coordinatesAreNotInterchangeable(@ForAll long seed, @ForAll int a, @ForAll int b) {
    assertThat(Dice.of(seed, a, b).next() == Dice.of(seed, b, a).next(), is(a == b));
  }

  /** First output of SplitMix64 for seed 0, as published with the reference implementation. */
  @Example
  void theGeneratorIsSplitMix64() {
    assertThat(Dice.ofState(0).next(), is(0xE220A8397B1DCDAFL));
  }
}
