package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.DecodeChanges;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaRanges;
import dev.larder.io.kafka.OffsetRangeCoder;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.registry.SchemaRegistry;
import dev.larder.transforms.vault.LoadArrivals;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
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

  void build(Pipeline pipeline, BatchPlan plan) {
    PCollection<TableRow> rows =
        pipeline
            .apply("Planned offsets", Create.of(plan.ranges()).withCoder(OffsetRangeCoder.of()))
            .apply("Read Kafka", KafkaRanges.read().from(kafka))
            .apply(
                "Decode changes",
                DecodeChanges.of(format)
                    .withOnOutdatedCatalog(onOutdatedCatalog)
                    .withRegistry(registry)
                    .together())
            .apply(
                "Bronze, vault and letters",
                LoadArrivals.into(vault.tables(), live).with(vault.latePolicies(Set.of())));
    vault.write(rows, TRANSACTION, plan.batch());
  }
}
