package dev.larder.io.delta.log;

import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is to become of a table in one version. Built step by step; {@link TableLog#commit} carries
 * it out.
 */
public final class LogCommit {
  /** {@link #readVersion} of a commit that does not depend on what the table holds. */
  public static final long READS_NOTHING = Long.MIN_VALUE;

  final TableOperation operation;
  final RowSchema schema;
  public final List<DataFile> added = new ArrayList<>();
  public final List<DataFile> removed = new ArrayList<>();
  public final List<DataFile> folded = new ArrayList<>();
  public final List<DataFile> foldedAway = new ArrayList<>();

  /** What the table gets if this commit creates it. */
  public Map<String, String> properties = Map.of();

  public boolean replacesSchema;
  public Transaction transaction;
  public long readVersion = READS_NOTHING;

  /**
   * @param schema columns of the added rows; those that the table lacks are added to it
   */
  public LogCommit(TableOperation operation, RowSchema schema) {
    this.operation = operation;
    this.schema = schema;
  }

  /** What makes a repeated batch a no-op: the application and the number of its batch. */
  public record Transaction(String appId, long batch) {}

  /** {@code version} is the new one, or the latest if the batch had been committed before. */
  public record Outcome(long version, boolean alreadyCommitted) {}
}
