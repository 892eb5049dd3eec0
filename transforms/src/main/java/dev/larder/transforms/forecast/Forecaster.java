package dev.larder.transforms.forecast;

import java.io.Serializable;
import java.util.List;

/**
 * A model that continues series. Implementations are stateless: every call fits anew.
 *
 * <p><b>Guarantees</b> asked of every implementation: the same input gives the same output, bit for
 * bit; any series has an answer, also one that is empty, short, constant or wholly missing (a
 * series of which nothing is known is continued with 0); the forecast of a closed day is what would
 * be used were it open.
 */
public interface Forecaster extends Serializable {

  /**
   * Short and stable: it is stored with every forecast. Lower case, words joined by underscores.
   */
  String name();

  /**
   * Continues every series of a group.
   *
   * @param history what is known; the forecast begins on the day after its last
   * @param horizon days to forecast, at least 1
   * @return one prediction a series, in their order
   */
  List<Prediction> forecast(SeriesGroup history, int horizon);
}
