package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class WriteAdviceTest {
  private static final BatchOutcome HEAVY = batch(100L << 20);
  private static final BatchOutcome LIGHT = batch(2L << 20);

  private final WriteAdvice advice = new WriteAdvice();

  private static BatchOutcome batch(long written) {
    return new BatchOutcome(2_000, 1 << 20, 10_000, written, 0, 0.5, 0.1);
  }

  private List<String> said(BatchOutcome batch, int times) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      advice.after(batch).ifPresent(said::add);
    }
    return said;
  }

  @Test
  public void isGivenOnceWhereBatchesInTurnWriteFarMoreThanTheyRead() {
    assertThat(said(HEAVY, WriteAdvice.BATCHES - 1).isEmpty(), is(true));

    List<String> said = said(HEAVY, 100);

    assertThat(said.size(), is(1));
    assertThat(
        said.get(0),
        containsString("The last 20 batches wrote 2,000 MiB of files for 20 MiB of records"));
  }

  @Test
  public void isNotGivenForAFewHeavyBatchesAmongLightOnes() {
    for (int i = 0; i < 10; i++) {
      assertThat(said(HEAVY, WriteAdvice.BATCHES - 1).isEmpty(), is(true));
      assertThat(advice.after(LIGHT), is(Optional.empty()));
    }
  }

  @Test
  public void isNotGivenWhileLittleIsWritten() {
    BatchOutcome small = new BatchOutcome(20, 1 << 10, 100, 1 << 20, 0, 0.1, 0.1);

    assertThat(said(small, 1_000).isEmpty(), is(true));
    assertThat(said(small, 1_000).isEmpty(), is(false));
  }
}
