package dev.larder.pipelines.run;

import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableId;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.DecodeChanges;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaRanges;
import dev.larder.io.kafka.OffsetRange;
import dev.larder.io.kafka.OffsetRangeCoder;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.registry.SchemaRegistry;
import dev.larder.transforms.vault.LoadArrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.BigEndianIntegerCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * One batch of the stream: exactly the planned offsets, into bronze, the vault and the dead
 * letters.
 *
 * @param registry where schemas of records in Avro are, or null
 * @param minShares among so many workers the offsets are dealt out at the least
 * @param live tables whose changes go into the vault; the others wait for their hand-over
 */
record StreamBatch(
    KafkaConnection kafka,
    DebeziumFormat format,
    SchemaRegistry registry,
    DecodeChanges.OnOutdatedCatalog onOutdatedCatalog,
    int minShares,
    Set<TableId> live,
    VaultLake vault) {
  static final String TRANSACTION = "stream";

  /** So many offsets are worth a worker's while, and a file. */
  private static final long SHARE = 50_000;

  /** So many offsets are worth one more group: a group costs a task, and an empty one, too. */
  private static final long OFFSETS_A_GROUP = 10_000;

  void build(Pipeline pipeline, BatchPlan plan) {
    LoadArrivals load = LoadArrivals.into(vault.tables(), live).with(vault.latePolicies(Set.of()));
    DecodeChanges decode =
        DecodeChanges.of(format).withOnOutdatedCatalog(onOutdatedCatalog).withRegistry(registry);
    if (load.isOneStep()) {
      vault.write(
          shares(pipeline, plan), decode.ofRanges(kafka, load.rows()), TRANSACTION, plan.batch());
    } else {
      vault.write(
          pipeline
              .apply("Planned offsets", Create.of(plan.ranges()).withCoder(OffsetRangeCoder.of()))
              .apply("Read Kafka", KafkaRanges.read().from(kafka))
              .apply("Decode changes", decode.together())
              .apply("Bronze, vault and letters", load),
          RowMaker.same(),
          TRANSACTION,
          plan.batch());
    }
  }

  /**
   * How many keys the batch's steps group by at the most, as far as it is worth it: tables of
   * bronze and letters, or many parts of the vault's tables.
   */
  int groups(BatchPlan plan) {
    long worth = plan.size() / OFFSETS_A_GROUP;
    long topics = plan.ranges().stream().map(OffsetRange::topic).distinct().count();
    long most = live.isEmpty() ? Math.min(worth, topics + 1) : worth;
    return (int) Math.max(shareCount(plan), Math.min(most, Integer.MAX_VALUE));
  }

  private int shareCount(BatchPlan plan) {
    return (int) Math.max(minShares, Math.min(plan.size() / SHARE, Integer.MAX_VALUE));
  }

  /**
   * The planned offsets, dealt out evenly: each worker that takes a share makes one bundle of it,
   * and its files. The numbers of the shares are all as long, so that runners cut between any two.
   */
  private PCollection<OffsetRange> shares(Pipeline pipeline, BatchPlan plan) {
    ArrayList<List<OffsetRange>> shares = new ArrayList<>(plan.parts(shareCount(plan)));
    List<Integer> numbers = IntStream.range(0, shares.size()).boxed().toList();
    return pipeline
        .apply("Shares", Create.of(numbers).withCoder(BigEndianIntegerCoder.of()))
        .apply(
            "Planned offsets",
            FlatMapElements.into(TypeDescriptor.of(OffsetRange.class)).via(shares::get))
        .setCoder(OffsetRangeCoder.of());
  }
}
