package dev.larder.peers.bench;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import java.util.Map;
import java.util.UUID;

/**
 * Larder's side of small commits to a table of many live files: {@code LarderCommits LAKE TABLE
 * make FILES} makes the table for all sides (its files are named only), {@code ... commit COUNT}
 * commits to it.
 */
public final class LarderCommits {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("total", ColumnType.decimal(10, 2)));

  private LarderCommits() {}

  public static void main(String[] args) {
    TableLog log = DeltaLogs.of(args[0], args[1]);
    int count = Integer.parseInt(args[3]);
    if (args[2].equals("make")) {
      LogCommit all = new LogCommit(TableOperation.WRITE, SCHEMA);
      // What is compared are commits: nobody writes a checkpoint between them.
      all.properties = Map.of("delta.checkpointInterval", "10000");
      for (int i = 0; i < count; i++) {
        all.added.add(file());
      }
      log.commit(all);
      log.checkpoint();
    } else {
      Commits.measure("larder", count, number -> commit(log, number));
    }
  }

  private static void commit(TableLog log, int number) {
    TableState state = log.latest().orElseThrow();
    LogCommit commit = new LogCommit(TableOperation.MERGE, SCHEMA);
    commit.readVersion = state.version();
    commit.removed.add(state.files().get(number % state.files().size()));
    commit.added.add(file());
    commit.transaction = new LogCommit.Transaction("bench", number);
    log.commit(commit);
    log.latest();
  }

  private static DataFile file() {
    String path = "part-" + UUID.randomUUID() + ".parquet";
    return new DataFile(path, 1 << 20, 1, Commits.STATS, Map.of());
  }
}
