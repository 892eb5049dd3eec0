package dev.larder.transforms.forecast;

import java.io.Serializable;
import java.util.Objects;

/**
 * What was counted of an item on a day.
 *
 * @param day days since 1970-01-01, in the calendar of the group's own place
 * @param value in any unit, one unit a series; finite
 */
public record Observation(SeriesKey key, int day, double value) implements Serializable {

  /**
   * @throws IllegalArgumentException if the value is not finite: a day without a value has no
   *     observation
   */
  public Observation {
    Objects.requireNonNull(key, "key");
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "an observation of "
              + value
              + " is no count. Leave the day out if nothing is known of it.");
    }
  }
}
