package dev.larder.transforms.vault;

/** Names of the metrics of this package; their namespace is {@link LoadVault}. */
public final class MetricNames {

  /** Counter: changes that were staged. */
  public static final String RECORDS_STAGED = "records_staged";

  /** Counter: changes of tables that the model does not have. */
  public static final String RECORDS_IGNORED = "records_ignored";

  /** Counter: changes that went to the dead letters, wholly or in part. */
  public static final String RECORDS_DEAD_LETTERED = "records_dead_lettered";

  /** Counter: rows given to the vault's tables. */
  public static final String ROWS_STAGED = "rows_staged";

  /** Counter: rows left out because their bundle had the key already. */
  public static final String ROWS_REPEATED = "rows_repeated";

  /** Counter: rows that came late and were kept out of a satellite. */
  public static final String ROWS_LATE = "rows_late";

  private MetricNames() {}
}
