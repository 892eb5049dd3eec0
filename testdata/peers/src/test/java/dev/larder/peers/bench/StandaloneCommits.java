package dev.larder.peers.bench;

import io.delta.standalone.CommitResult;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.actions.Action;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.SetTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** delta-standalone's side of small commits: {@code StandaloneCommits TABLE COUNT}. */
public final class StandaloneCommits {
  private StandaloneCommits() {}

  public static void main(String[] args) {
    DeltaLog log = DeltaLog.forTable(new Configuration(), args[0]);
    Commits.measure("standalone", Integer.parseInt(args[1]), number -> commit(log, number));
  }

  private static void commit(DeltaLog log, int number) {
    OptimisticTransaction transaction = log.startTransaction();
    transaction.txnVersion("bench");
    List<AddFile> files = log.snapshot().getAllFiles();
    AddFile removed = files.get(number % files.size());
    List<Action> actions =
        List.of(
            new SetTransaction("bench", number, Optional.of(System.currentTimeMillis())),
            removed.remove(true),
            new AddFile(
                "part-" + UUID.randomUUID() + ".parquet",
                Map.of(),
                1 << 20,
                1,
                true,
                '"' + Commits.STATS.replace("\"", "\\\"") + '"',
                Map.of()));
    CommitResult result = transaction.commit(actions, new Operation(Operation.Name.WRITE), "peers");
    if (result.getVersion() != log.update().getVersion()) {
      throw new IllegalStateException("another writer is here");
    }
  }
}
