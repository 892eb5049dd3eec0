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
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * One batch of the stream: exactly the planned offsets, into bronze, the vault and the dead
 * letters.
 *
 * @param registry where schemas of records in Avro are, or null
 * @param live tables whose changes go into the vault; the others wait for their hand-over
 */
record StreamBatch(
    KafkaConnection kafka,
    DebeziumFormat format,
    SchemaRegistry registry,
    DecodeChanges.OnOutdatedCatalog onOutdatedCatalog,
    Set<TableId> live,
    VaultLake vault) {
  static final String TRANSACTION = "stream";
  private static final KvCoder<Integer, OffsetRange> CODER =
      KvCoder.of(VarIntCoder.of(), OffsetRangeCoder.of());

  void build(Pipeline pipeline, BatchPlan plan) {
    PCollection<OffsetRange> ranges =
        pipeline
            .apply("Planned offsets", Create.of(numbered(plan.ranges())).withCoder(CODER))
            .apply("Spread ranges", GroupByKey.create())
            .apply("By number", Values.create())
            .apply("Ranges", Flatten.iterables());
    LoadArrivals load = LoadArrivals.into(vault.tables(), live).with(vault.latePolicies(Set.of()));
    DecodeChanges decode =
        DecodeChanges.of(format).withOnOutdatedCatalog(onOutdatedCatalog).withRegistry(registry);
    if (load.isOneStep()) {
      vault.write(ranges, decode.ofRanges(kafka, load.rows()), TRANSACTION, plan.batch());
    } else {
      vault.write(
          ranges
              .apply("Read Kafka", KafkaRanges.read().from(kafka))
              .apply("Decode changes", decode.together())
              .apply("Bronze, vault and letters", load),
          RowMaker.same(),
          TRANSACTION,
          plan.batch());
    }
  }

  /** Keys that follow each other are dealt out evenly; a reshuffle deals by chance. */
  private static List<KV<Integer, OffsetRange>> numbered(List<OffsetRange> ranges) {
    List<KV<Integer, OffsetRange>> numbered = new ArrayList<>();
    ranges.forEach(range -> numbered.add(KV.of(numbered.size(), range)));
    return numbered;
  }
}
