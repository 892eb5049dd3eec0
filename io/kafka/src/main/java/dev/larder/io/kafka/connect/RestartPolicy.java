package dev.larder.io.kafka.connect;

import java.time.Duration;
import java.time.Instant;

/**
 * When a failed connector is restarted: at once, then after a pause that doubles from {@code first}
 * to {@code longest}. One that has run for {@code longest} without failing begins anew. A value;
 * the caller keeps what each method returns.
 *
 * @param pause before the next restart
 * @param notBefore the next restart
 * @param healthySince since when it has run; null while it does not
 */
public record RestartPolicy(
    Duration first, Duration longest, Duration pause, Instant notBefore, Instant healthySince) {

  /** Before anything is known. */
  public static RestartPolicy of(Duration first, Duration longest) {
    return new RestartPolicy(first, longest, first, Instant.MIN, null);
  }

  /** Whether it should be restarted now that it is found failed. */
  public boolean allows(Instant now) {
    return !now.isBefore(notBefore);
  }

  /** After a restart. */
  public RestartPolicy restarted(Instant now) {
    Duration next = pause.multipliedBy(2).compareTo(longest) > 0 ? longest : pause.multipliedBy(2);
    return new RestartPolicy(first, longest, next, now.plus(pause), null);
  }

  /** It was found running. */
  public RestartPolicy healthy(Instant now) {
    if (healthySince == null) {
      return new RestartPolicy(first, longest, pause, notBefore, now);
    }
    return Duration.between(healthySince, now).compareTo(longest) >= 0 ? of(first, longest) : this;
  }

  /** It was found failed, or not at all. */
  public RestartPolicy unhealthy() {
    return new RestartPolicy(first, longest, pause, notBefore, null);
  }
}
