package dev.larder.io.delta.service;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code vacuum} is to delete.
 *
 * @param wanted for how long files stay after no version needs them; null for the table's own
 *     {@code delta.deletedFileRetentionDuration}, a week if that is not set
 */
public record VacuumSettings(Duration wanted, ShortRetention shortRetention, Mode mode)
    implements Serializable {

  /** What becomes of a retention that is shorter than the table's own. */
  public enum ShortRetention {
    REFUSE,
    /** Right only while nothing else reads or writes the table. */
    FORCE
  }

  /** Whether anything is deleted. */
  public enum Mode {
    DELETE,
    /** Only says what would be deleted. */
    DRY_RUN
  }

  /** Deletes by the table's own retention. */
  public static final VacuumSettings DEFAULT =
      new VacuumSettings(null, ShortRetention.REFUSE, Mode.DELETE);

  public VacuumSettings {
    Objects.requireNonNull(shortRetention, "shortRetention");
    Objects.requireNonNull(mode, "mode");
  }

  public VacuumSettings withRetention(Duration retention) {
    return new VacuumSettings(Objects.requireNonNull(retention, "retention"), shortRetention, mode);
  }

  public VacuumSettings withShortRetention(ShortRetention whatThen) {
    return new VacuumSettings(wanted, whatThen, mode);
  }

  public VacuumSettings withMode(Mode wantedMode) {
    return new VacuumSettings(wanted, shortRetention, wantedMode);
  }

  /** The retention that is asked for; empty for the table's own. */
  public Optional<Duration> retention() {
    return Optional.ofNullable(wanted);
  }
}
