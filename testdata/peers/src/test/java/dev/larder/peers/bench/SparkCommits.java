package dev.larder.peers.bench;

import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

/**
 * delta-spark's side of small commits: {@code SparkCommits TABLE COUNT}. Its transaction alone,
 * without a query: less than any statement of Spark's takes.
 */
public final class SparkCommits {
  private SparkCommits() {}

  public static void main(String[] args) {
    SparkSession session = SparkSide.session();
    DeltaLog log = DeltaLog.forTable(session, args[0]);
    AddFile[] live = {log.update(false, Option.empty(), Option.empty()).allFiles().head()};
    Commits.measure(
        "spark", Integer.parseInt(args[1]), number -> live[0] = commit(log, live[0], number));
    session.stop();
  }

  /** Replaces a live file and returns the new one. */
  private static AddFile commit(DeltaLog log, AddFile removed, int number) {
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    transaction.txnVersion("bench");
    AddFile added =
        new AddFile(
            "part-" + UUID.randomUUID() + ".parquet",
            Map$.MODULE$.empty(),
            1 << 20,
            1,
            true,
            Commits.STATS,
            null,
            null,
            Option.empty(),
            Option.empty(),
            Option.empty());
    List<Action> actions =
        List.of(new SetTransaction("bench", number, Option.empty()), removed.remove(), added);
    transaction.commit(
        JavaConverters.asScalaBuffer(actions).toSeq(),
        new DeltaOperations.Write(SaveMode.Append, Option.empty(), Option.empty(), Option.empty()));
    log.update(false, Option.empty(), Option.empty());
    return added;
  }
}
