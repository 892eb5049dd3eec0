package dev.larder.transforms.forecast;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is expected of one series on one day.
 *
 * @param day days since 1970-01-01
 * @param mean the expected value, in the unit of the series, not negative; of a day on which the
 *     place turns out to be closed: what would have been used
 * @param lo80 lower bound of the 80 % interval, {@code 0 <= lo80 <= mean}
 * @param hi80 upper bound of the 80 % interval, {@code >= mean}
 * @param model the chosen model's {@link Forecaster#name}
 * @param score the model's MASE over the rolling origins it was chosen by; NaN if the history was
 *     too short or too even to form one
 */
public record Forecast(
    SeriesKey key, int day, double mean, double lo80, double hi80, String model, double score)
    implements Serializable {

  public Forecast {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(model, "model");
  }
}
