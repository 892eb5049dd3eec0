package dev.larder.transforms.forecast;

import java.util.List;

/** A {@link Forecaster} that looks at one series at a time. */
public interface SingleSeriesForecaster extends Forecaster {

  /** Continues one series; as {@link #forecast(SeriesGroup, int)}. */
  Prediction forecast(DailySeries history, int horizon);

  @Override
  default List<Prediction> forecast(SeriesGroup history, int horizon) {
    return history.series().stream().map(one -> forecast(one, horizon)).toList();
  }
}
