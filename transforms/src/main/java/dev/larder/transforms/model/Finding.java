package dev.larder.transforms.model;

import java.util.Comparator;

/**
 * A mistake in a model.
 *
 * @param line from 1
 * @param column from 1
 * @param path the element: {@code tables.pos.orders.satellites.order_pos.of}
 * @param message what is wrong, with the value, and what to do
 */
public record Finding(String file, int line, int column, String path, String message)
    implements Comparable<Finding> {

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

  /** {@code vault.yaml:42 hubs.order.key: ...}. */
  @Override
  public String toString() {
    return file + ":" + line + " " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
