package dev.larder.io.delta.log;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SchemaPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is to become of a table in one version. Built step by step; {@link TableLog#commit} carries
 * it out.
 */
public final class LogCommit {
  /** {@link #readVersion} of a commit that does not depend on what the table holds. */
  public static final long READS_NOTHING = Long.MIN_VALUE;

  final TableOperation operation;
  final RowSchema schema;

  /** Files with new rows. */
  public final List<DataFile> added = new ArrayList<>();

  /** Files whose rows go; the commit is refused if one of them is no longer live. */
  public final List<DataFile> removed = new ArrayList<>();

  /** Files that hold what {@link #foldedAway} held, and nothing else. */
  public final List<DataFile> folded = new ArrayList<>();

  /** What becomes of the fold if one of these is no longer live is said by {@link #onLostFold}. */
  public final List<DataFile> foldedAway = new ArrayList<>();

  /** What the table gets if this commit creates it. */
  public Map<String, String> properties = Map.of();

  /** What an existing table gets besides its own properties, or in place of those named so. */
  public Map<String, String> changedProperties = Map.of();

  /** The columns that the table is partitioned by if this commit creates or replaces it. */
  public List<String> partitionColumns = List.of();

  /**
   * Whether the commit's schema takes the place of the table's. Otherwise columns that the table
   * lacks are added to it.
   */
  public boolean replacesSchema;

  /** What columns the table may get by this commit, if it does not replace them. */
  public SchemaPolicy schemaPolicy = SchemaPolicy.ADD;

  /** A version whose columns, properties and partition columns the table gets back. */
  public OptionalLong metadataOf = OptionalLong.empty();

  public Transaction transaction;

  /**
   * Numbers that the version leaves in the table, by name, beside the transaction's: {@link
   * TableLog#batch} finds them.
   */
  public final Map<String, Long> marks = new TreeMap<>();

  /**
   * The version of the whole table that this commit depends on; -1 for one that found no table.
   * {@link #reads} says more precisely what it depends on.
   */
  public long readVersion = READS_NOTHING;

  /** What becomes of the commit if files to be folded away are gone. */
  public OnLostFold onLostFold = OnLostFold.COMMIT_WITHOUT_FOLD;

  /** Parameters of the operation, for the table's history. */
  public final Map<String, String> parameters = new TreeMap<>();

  /**
   * Metrics of the operation, for the table's history. {@code numFiles}, {@code numOutputRows},
   * {@code numOutputBytes}, {@code numRemovedFiles} are counted if they are not given.
   */
  public final Map<String, String> metrics = new TreeMap<>();

  private final Map<Integer, Long> readBuckets = new TreeMap<>();

  /**
   * @param schema columns of the added rows; those that the table lacks are added to it
   */
  public LogCommit(TableOperation operation, RowSchema schema) {
    this.operation = operation;
    this.schema = schema;
  }

  /**
   * Says that this commit depends on what a version held in one bucket: on the files of that bucket
   * and on those of {@link DataFile#ANY_BUCKET}. Changes of other buckets do not disturb it then.
   *
   * @param bucket {@link DataFile#ANY_BUCKET} for the whole table
   * @param version -1 for one that found no table
   */
  public void reads(int bucket, long version) {
    if (bucket == DataFile.ANY_BUCKET) {
      readVersion = readVersion == READS_NOTHING ? version : Math.min(readVersion, version);
    } else {
      readBuckets.merge(bucket, version, Math::min);
    }
  }

  /** Whether this commit depends on what the table held. */
  public boolean readsAnything() {
    return readVersion != READS_NOTHING || !readBuckets.isEmpty();
  }

  /** Versions read, by bucket; without {@link #readVersion}. */
  Map<Integer, Long> readBuckets() {
    return readBuckets;
  }

  /** What makes a repeated batch a no-op: the application and the number of its batch. */
  public record Transaction(String appId, long batch) {}

  /** {@code version} is the new one, or the latest if the batch had been committed before. */
  public record Outcome(long version, boolean alreadyCommitted) {}

  /** What becomes of a commit whose files to be folded away are gone. */
  public enum OnLostFold {
    /** The rest is committed: the fold only saves readers some time. */
    COMMIT_WITHOUT_FOLD,
    /** The commit is refused: the fold is what it is for. */
    REFUSE
  }
}
