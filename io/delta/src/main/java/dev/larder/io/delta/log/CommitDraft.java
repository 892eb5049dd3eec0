package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines of a version that is to be written, as Spark's Delta writes them.
 *
 * <p><b>Source</b>: Delta's PROTOCOL.md, "Actions"; delta-spark 3.3, {@code actions.scala}, {@code
 * DeltaOperations.scala}.
 */
final class CommitDraft {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ENGINE = "Larder";
  private static final Pattern ROWS = Pattern.compile("\"numRecords\"\\s*:\\s*(\\d+)");

  private final LogCommit commit;
  private final String txnId;
  private final long now;
  private final boolean folds;

  /**
   * @param txnId names this commit, so that it is recognised in the log
   * @param now milliseconds since the epoch
   * @param folds whether the commit's fold is part of it
   */
  CommitDraft(LogCommit commit, String txnId, long now, boolean folds) {
    this.commit = commit;
    this.txnId = txnId;
    this.now = now;
    this.folds = folds;
  }

  /**
   * @param table what the commit follows; null if it creates the table
   * @param metadata of the table after it
   */
  List<String> lines(TableContents table, TableMetadata metadata) {
    List<String> lines = actions(table, metadata);
    ObjectNode info = commitInfo(table, metadata);
    info.putObject("tags").put(LineChecksum.TAG, LineChecksum.of(lines));
    lines.add(0, ActionJson.action("commitInfo", info).toString());
    return lines;
  }

  private List<String> actions(TableContents table, TableMetadata metadata) {
    List<String> lines = new ArrayList<>();
    if (table == null) {
      lines.add(ActionJson.protocol(Protocol.OURS).toString());
    }
    if (table == null || !metadata.equals(table.metadata())) {
      lines.add(ActionJson.action("metaData", metadata.action()).toString());
    }
    if (commit.transaction != null) {
      LogEntry.Batch batch = new LogEntry.Batch(commit.transaction.batch(), now);
      lines.add(ActionJson.txn(commit.transaction.appId(), batch).toString());
    }
    commit.marks.forEach(
        (name, number) ->
            lines.add(ActionJson.txn(name, new LogEntry.Batch(number, now)).toString()));
    commit.removed.forEach(file -> lines.add(remove(file, true)));
    commit.added.forEach(file -> lines.add(add(file, true)));
    if (folds) {
      commit.foldedAway.forEach(file -> lines.add(remove(file, false)));
      commit.folded.forEach(file -> lines.add(add(file, false)));
    }
    return lines;
  }

  private static String add(DataFile file, boolean dataChange) {
    return ActionJson.add(file, dataChange).toString();
  }

  private String remove(DataFile file, boolean dataChange) {
    return ActionJson.remove(file.removedAt(now), dataChange).toString();
  }

  private ObjectNode commitInfo(TableContents table, TableMetadata metadata) {
    ObjectNode info = JSON.objectNode();
    info.put("timestamp", now);
    info.put("operation", commit.operation.text());
    ActionJson.texts(info.putObject("operationParameters"), parameters(metadata));
    if (table != null) {
      info.put("readVersion", table.version());
    }
    boolean changesData = !commit.added.isEmpty() || !commit.removed.isEmpty();
    info.put("isolationLevel", changesData ? "Serializable" : "SnapshotIsolation");
    info.put("isBlindAppend", isBlindAppend());
    ActionJson.texts(info.putObject("operationMetrics"), metrics());
    info.put("engineInfo", ENGINE);
    info.put("txnId", txnId);
    return info;
  }

  private boolean isBlindAppend() {
    return !commit.added.isEmpty()
        && commit.removed.isEmpty()
        && !(folds && !commit.folded.isEmpty())
        && !commit.readsAnything();
  }

  private Map<String, String> parameters(TableMetadata metadata) {
    Map<String, String> parameters = new TreeMap<>(commit.parameters);
    if (commit.operation == TableOperation.WRITE) {
      parameters.putIfAbsent("mode", "Append");
      ArrayNode partitionBy = JSON.arrayNode();
      metadata.partitionColumns().forEach(partitionBy::add);
      parameters.putIfAbsent("partitionBy", partitionBy.toString());
    }
    return parameters;
  }

  private Map<String, String> metrics() {
    Map<String, String> metrics = new TreeMap<>();
    metrics.put("numFiles", Integer.toString(added().toList().size()));
    metrics.put("numOutputRows", Long.toString(added().mapToLong(CommitDraft::rows).sum()));
    metrics.put("numOutputBytes", Long.toString(added().mapToLong(DataFile::size).sum()));
    int removed = commit.removed.size() + (folds ? commit.foldedAway.size() : 0);
    metrics.put("numRemovedFiles", Integer.toString(removed));
    metrics.putAll(commit.metrics);
    return metrics;
  }

  private Stream<DataFile> added() {
    return folds
        ? Stream.concat(commit.added.stream(), commit.folded.stream())
        : commit.added.stream();
  }

  /** Rows by the file's statistics; 0 if it has none. */
  private static long rows(DataFile file) {
    if (file.stats() == null) {
      return 0;
    }
    Matcher rows = ROWS.matcher(file.stats());
    return rows.find() ? Long.parseLong(rows.group(1)) : 0;
  }
}
