package dev.larder.transforms.bronze;

/** The metrics of this package: counters in the namespace of {@link CompareReads}. */
public final class MetricNames {
  /** Rows that a full read has and the one before it had not. */
  public static final String ROWS_NEW = "rows_new";

  /** Rows that a full read has with other values than the one before it. */
  public static final String ROWS_CHANGED = "rows_changed";

  /** Rows that a full read has not any more, of tables where that is a delete. */
  public static final String ROWS_GONE = "rows_gone";

  private MetricNames() {}
}
