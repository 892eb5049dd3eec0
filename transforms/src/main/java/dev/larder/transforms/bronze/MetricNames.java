package dev.larder.transforms.bronze;

/** The metrics of this package. */
public final class MetricNames {
  /** Counter in the namespace of {@link MissingRows}: rows found to be deleted. */
  public static final String ROWS_MISSING = "rows_missing";

  private MetricNames() {}
}
