package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import io.delta.standalone.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is to become of a table in one version. Built step by step; {@link TableLog#commit} carries
 * it out.
 */
final class LogCommit {
  /** {@link #readVersion} of a commit that does not depend on what the table holds. */
  static final long READS_NOTHING = Long.MIN_VALUE;

  final Operation.Name operation;
  final RowSchema schema;
  final List<DataFile> added = new ArrayList<>();
  final List<DataFile> removed = new ArrayList<>();
  final List<DataFile> folded = new ArrayList<>();
  final List<DataFile> foldedAway = new ArrayList<>();

  /** What the table gets if this commit creates it. */
  Map<String, String> properties = Map.of();

  boolean replacesSchema;
  Transaction transaction;
  long readVersion = READS_NOTHING;

  /**
   * @param schema columns of the added rows; those that the table lacks are added to it
   */
  LogCommit(Operation.Name operation, RowSchema schema) {
    this.operation = operation;
    this.schema = schema;
  }

  /** What makes a repeated batch a no-op: the application and the number of its batch. */
  record Transaction(String appId, long batch) {}

  /** {@code version} is the new one, or the latest if the batch had been committed before. */
  record Outcome(long version, boolean alreadyCommitted) {}
}
