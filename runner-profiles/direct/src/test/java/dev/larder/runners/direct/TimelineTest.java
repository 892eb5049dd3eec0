package dev.larder.runners.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class TimelineTest {
  private final Timeline timeline = new Timeline();

  private List<String> told() {
    List<String> told = new ArrayList<>();
    timeline.tell(row -> row.get(0), "k", (key, line) -> told.add(key + " " + line));
    return told;
  }

  @Test
  public void keepsTheLastStateOfATimeAndOneSpanOfWhatStays() {
    timeline.put(1, List.of("a"));
    timeline.put(2, List.of("a"));
    timeline.put(3, null);
    timeline.put(3, List.of("b"));
    timeline.put(5, null);

    assertThat(told(), contains("k 1..3 a", "k 3..5 b"));
  }

  @Test
  public void ordersByTimeWhateverTheOrderOfTheLog() {
    timeline.put(1, List.of("a"));
    timeline.put(4, List.of("c"));
    timeline.put(3, List.of("b"));

    assertThat(told(), contains("k 1..3 a", "k 3..4 b", "k 4.. c"));
  }
}
