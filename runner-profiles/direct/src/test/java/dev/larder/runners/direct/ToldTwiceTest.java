package dev.larder.runners.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.function.Consumer;
import org.junit.Test;

/** The comparison that the proofs rest on finds what differs, and nothing else. */
public class ToldTwiceTest {
  private static final List<List<String>> HISTORY =
      List.of(List.of("a", "1 x"), List.of("a", "2 y"), List.of("b", "1 x"));

  private static Consumer<Lines> tells(List<List<String>> history) {
    return out -> history.forEach(version -> out.add(version.get(0), version.get(1)));
  }

  private static ToldTwice against(List<List<String>> stored) {
    return ToldTwice.of("sat", tells(HISTORY), tells(stored));
  }

  @Test
  public void agreesInAnyOrder() {
    ToldTwice told = against(List.of(HISTORY.get(2), HISTORY.get(1), HISTORY.get(0)));

    assertThat(told.differences(), is(empty()));
    assertThat(told.versions(), is(3));
  }

  @Test
  public void namesAVersionThatIsAnotherOne() {
    ToldTwice told = against(List.of(HISTORY.get(0), List.of("a", "2 z"), HISTORY.get(2)));

    assertThat(
        told.differences(),
        contains(
            "sat a:%n  expected alone: 2 y%n  found alone: 2 z".formatted(), "sat: 1 keys differ"));
  }

  @Test
  public void namesAVersionThatBelongsToAnotherKey() {
    ToldTwice told = against(List.of(HISTORY.get(0), List.of("b", "2 y"), HISTORY.get(2)));

    assertThat(
        told.differences(),
        contains(
            "sat a:%n  expected alone: 2 y%n  found alone: nothing".formatted(),
            "sat b:%n  expected alone: nothing%n  found alone: 2 y".formatted(),
            "sat: 2 keys differ"));
  }

  @Test
  public void namesAVersionThatIsMissing() {
    assertThat(
        against(HISTORY.subList(0, 2)).differences(),
        contains(
            "sat b:%n  expected alone: 1 x%n  found alone: nothing".formatted(),
            "sat: 1 keys differ"));
  }

  @Test
  public void namesAVersionThatIsThereTwiceUnlessRepetitionsAreDropped() {
    List<List<String>> twice =
        List.of(HISTORY.get(0), HISTORY.get(1), HISTORY.get(1), HISTORY.get(2));

    assertThat(against(twice).differences().get(1), is("sat: 1 keys differ"));
    ToldTwice told = against(twice);
    assertThat(told.dropRepeated(), is(1));
    assertThat(told.differences(), is(empty()));
  }

  @Test
  public void takesSeedsOneByOneAndInRanges() {
    assertThat(FireSeeds.of("1,7, 20-22"), contains(1L, 7L, 20L, 21L, 22L));
  }
}
