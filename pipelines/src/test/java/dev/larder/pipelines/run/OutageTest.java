package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.status.StreamFigures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class OutageTest {
  private final SourceException away =
      SourceException.away("Kafka at k:9092 did not answer within 8 s.", null);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final StreamFigures figures = new StreamFigures(Instant.EPOCH);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Outage outage = outage(Duration.ofSeconds(60));

  private Outage outage(Duration patience) {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new Outage(patience, figures, new Console(out, false));
  }

  private List<String> lines() {
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  public void waitsLongerAndLongerUpToTenSeconds() {
    List<Long> waits = new ArrayList<>();
    for (int attempt = 0; attempt < 7; attempt++) {
      waits.add(Duration.ofNanos(outage.pauseAfter(away, attempt)).toMillis());
    }

    assertThat(waits, contains(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L));
  }

  @Test
  public void saysOnceWhatIsAwayAndOnceThatItGoesOn() {
    outage.pauseAfter(away, 5 * SECOND);
    outage.pauseAfter(away, 6 * SECOND);
    outage.over(17 * SECOND);
    outage.over(18 * SECOND);

    assertThat(
        lines(),
        contains(
            "Kafka at k:9092 did not answer within 8 s. Larder waits for it, up to 60 s.",
            "It goes on after 12 s."));
  }

  @Test
  public void healthKnowsOfItUntilItIsOver() {
    outage.pauseAfter(away, 0);
    assertThat(figures.view(Instant.EPOCH).problem(), is(Optional.of(away.getMessage())));

    outage.over(SECOND);
    assertThat(figures.view(Instant.EPOCH).problem(), is(Optional.empty()));
  }

  @Test
  public void givesUpWhenItsPatienceWithOneOutageIsOver() {
    outage.pauseAfter(away, 0);
    outage.pauseAfter(away, 59 * SECOND);

    SourceException thrown =
        assertThrows(SourceException.class, () -> outage.pauseAfter(away, 60 * SECOND));

    assertThat(thrown, is(sameInstance(away)));
  }

  @Test
  public void isPatientAgainWithTheNextOutage() {
    outage.pauseAfter(away, 0);
    outage.over(30 * SECOND);

    assertThat(outage.pauseAfter(away, 70 * SECOND), is(SECOND / 2));
  }

  @Test
  public void waitsForNothingThatWaitingDoesNotMend() {
    SourceException wrong = new SourceException("The table is gone.");

    assertThat(
        assertThrows(SourceException.class, () -> outage.pauseAfter(wrong, 0)),
        is(sameInstance(wrong)));
  }

  @Test
  public void waitsForNothingWithoutPatience() {
    assertThrows(SourceException.class, () -> outage(Duration.ZERO).pauseAfter(away, 0));
  }
}
