package dev.larder.io.kafka;

/** Names of the metrics that this module counts; their namespace is the class that counts them. */
public final class MetricNames {

  /** Kafka records read, transaction markers not counted. */
  public static final String RECORDS_READ = "records_read";

  /** Bytes of keys and values read. */
  public static final String BYTES_READ = "bytes_read";

  /** Changes decoded. */
  public static final String CHANGES_DECODED = "changes_decoded";

  /** Tombstones, heartbeats, transaction and schema messages, skipped on purpose. */
  public static final String RECORDS_IGNORED = "records_ignored";

  /** Records that could not be decoded. */
  public static final String RECORDS_DEAD_LETTERED = "records_dead_lettered";

  private MetricNames() {}
}
