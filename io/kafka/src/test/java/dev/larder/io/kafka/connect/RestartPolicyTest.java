package dev.larder.io.kafka.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class RestartPolicyTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final RestartPolicy POLICY =
      RestartPolicy.of(Duration.ofSeconds(5), Duration.ofSeconds(60));

  @Test
  public void restartsAtOnceAndThenAfterPausesThatDouble() {
    List<Long> restarts = new ArrayList<>();
    RestartPolicy policy = POLICY;
    for (int second = 0; second < 300; second++) {
      Instant now = START.plusSeconds(second);
      policy = policy.unhealthy();
      if (policy.allows(now)) {
        restarts.add((long) second);
        policy = policy.restarted(now);
      }
    }

    assertThat(restarts, contains(0L, 5L, 15L, 35L, 75L, 135L, 195L, 255L));
  }

  @Test
  public void oneThatRunsForTheLongestPauseBeginsAnew() {
    RestartPolicy failed = POLICY.restarted(START).restarted(START.plusSeconds(5));

    RestartPolicy soon = failed.healthy(START.plusSeconds(20)).healthy(START.plusSeconds(79));
    RestartPolicy late = failed.healthy(START.plusSeconds(20)).healthy(START.plusSeconds(80));

    assertThat(soon.pause(), is(Duration.ofSeconds(20)));
    assertThat(late, is(POLICY));
  }

  @Test
  public void oneThatFailsBetweenTwoLooksDoesNotBeginAnew() {
    RestartPolicy failed = POLICY.restarted(START).healthy(START.plusSeconds(3)).unhealthy();

    assertThat(failed.healthy(START.plusSeconds(70)).pause(), is(Duration.ofSeconds(10)));
  }
}
