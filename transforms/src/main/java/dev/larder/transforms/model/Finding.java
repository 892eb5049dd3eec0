package dev.larder.transforms.model;

import java.util.Comparator;

/**
 * A mistake in a model, or something in it that may be one.
 *
 * @param line from 1
 * @param column from 1
 * @param path the element: {@code tables.pos.orders.satellites.order_pos.of}
 * @param message what is wrong, with the value, and what to do
 * @param severity whether the model cannot be used
 */
public record Finding(
    String file, int line, int column, String path, String message, Severity severity)
    implements Comparable<Finding> {

  /** What a finding means for the model's use. */
  public enum Severity {
    MISTAKE,
    /** The model can be used; somebody should look. */
    WARNING
  }

  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparingInt(Finding::column)
          .thenComparing(Finding::path)
          .thenComparing(Finding::message);

  @Override
  public int compareTo(Finding other) {
    return BY_PLACE.compare(this, other);
  }

  /** {@code vault.yaml:42 hubs.order.key: ...}, and {@code warning:} before what is one. */
  @Override
  public String toString() {
    return file
        + ":"
        + line
        + " "
        + (path.isEmpty() ? "" : path + ": ")
        + (severity == Severity.WARNING ? "warning: " : "")
        + message;
  }
}
