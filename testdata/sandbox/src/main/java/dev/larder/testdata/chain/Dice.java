package dev.larder.testdata.chain;

/**
 * Random draws that depend on nothing but a seed and coordinates: {@code Dice.of(seed, purpose,
 * pizzeria, day)} gives the same draws whatever was drawn before, elsewhere or in another thread.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", 2014) written out, and the transcendental functions are StrictMath's: neither the
 * Java version nor the processor changes a row, which {@link java.util.SplittableRandom} does not
 * promise for bounded and normal draws.
 */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  static Dice of(long seed, long... coordinates) {
    long state = mix(seed + GOLDEN);
    for (long coordinate : coordinates) {
      state = mix(state ^ mix(coordinate + GOLDEN));
    }
    return new Dice(state);
  }

  /** The bare generator in a given state. */
  static Dice ofState(long state) {
    return new Dice(state);
  }

  private static long mix(long bits) {
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** An int in [0, bound). */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** A double in [0, 1). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Standard normal (Box-Muller). */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** Poisson with the given mean: exact (Knuth) below 50, rounded normal from there on. */
  int poisson(double mean) {
    if (mean >= 50) {
      return (int) Math.max(0, Math.round(mean + StrictMath.sqrt(mean) * gaussian()));
    }
    double limit = StrictMath.exp(-mean);
    int count = 0;
    for (double product = unit(); product > limit; product *= unit()) {
      count++;
    }
    return count;
  }

  /** An index drawn with the given cumulative weights (ascending, last one is the total). */
  int pick(double[] cumulative) {
    double target = unit() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
