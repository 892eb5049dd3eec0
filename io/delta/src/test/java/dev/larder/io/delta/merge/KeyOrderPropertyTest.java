package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Values;
import dev.larder.io.delta.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeyOrderPropertyTest {
  private static final Comparator<Object[]> ORDER =
      Comparator.<Object[], Object>comparing(row -> row[0], Values::compare)
          .thenComparing(row -> row[1], Values::compare);

  /** Keys that share beginnings, are short, are equal, or are no bytes at all. */
  @Property(tries = 300)
  void rowsComeInTheOrderOfAPlainSort(@ForAll long seed) {
    Random random = new Random(seed);
    int alphabet = 1 + random.nextInt(4);
    boolean isSometimesAbsent = random.nextInt(5) == 0;
    List<Object[]> rows = new ArrayList<>();
    for (int i = random.nextInt(200); i > 0; i--) {
      byte[] key = new byte[random.nextInt(9)];
      for (int k = 0; k < key.length; k++) {
        key[k] = (byte) (random.nextInt(alphabet) * 85);
      }
      boolean isAbsent = isSometimesAbsent && random.nextInt(9) == 0;
      rows.add(new Object[] {isAbsent ? null : key, (long) random.nextInt(3)});
    }
    List<Object[]> expected = new ArrayList<>(rows);
    expected.sort(ORDER);

    KeyOrder.sort(rows, 0, ORDER);

    assertThat(
        rows.stream().map(Rows::text).toList(), is(expected.stream().map(Rows::text).toList()));
  }
}
