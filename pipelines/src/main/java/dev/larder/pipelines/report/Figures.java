package dev.larder.pipelines.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Numbers as the page gets them: no more digits than a reader can use. */
final class Figures {
  private static final MathContext DIGITS = new MathContext(5);
  private static final double WHOLE = 1e15;

  private Figures() {}

  /** Five significant digits, whole numbers without a point; null for NaN and infinities. */
  static Number rounded(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    double rounded = BigDecimal.valueOf(value).round(DIGITS).doubleValue();
    if (rounded == Math.rint(rounded) && Math.abs(rounded) < WHOLE) {
      return (long) rounded;
    }
    return rounded;
  }

  static List<Number> rounded(double[] values) {
    List<Number> numbers = new ArrayList<>(values.length);
    for (double value : values) {
      numbers.add(rounded(value));
    }
    return numbers;
  }
}
