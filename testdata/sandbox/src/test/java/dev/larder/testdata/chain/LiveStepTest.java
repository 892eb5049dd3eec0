package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class LiveStepTest {
  @Test
  public void everyKindComesOnceAtTheBeginning() {
    Dice dice = Dice.of(1);
    List<LiveStep> steps = new ArrayList<>();
    for (int i = 0; i < LiveTraffic.STEPS_THAT_SHOW_ALL; i++) {
      steps.add(LiveStep.at(i, dice));
    }

    assertThat(steps, is(List.of(LiveStep.values())));
  }

  @Test
  public void thenTheDiceDecideByWeight() {
    Dice dice = Dice.of(1);
    Map<LiveStep, Integer> counts = new EnumMap<>(LiveStep.class);
    for (int i = 0; i < 100_000; i++) {
      counts.merge(LiveStep.at(1_000 + i, dice), 1, Integer::sum);
    }

    assertThat(counts.containsKey(LiveStep.ADD_COLUMN), is(false));
    assertThat(
        counts.get(LiveStep.PLACE_ORDER) / (double) counts.get(LiveStep.ADVANCE_ORDER),
        is(closeTo(30 / 36.0, 0.03)));
  }
}
