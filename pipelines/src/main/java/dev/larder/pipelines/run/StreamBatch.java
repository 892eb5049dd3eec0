package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.DecodeChanges;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaRanges;
import dev.larder.io.kafka.OffsetRangeCoder;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.registry.SchemaRegistry;
import dev.larder.transforms.bronze.KeepChanges;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * One batch of the stream: exactly the planned offsets, into bronze, the vault and the dead
 * letters.
 *
 * @param registry where schemas of records in Avro are, or null
 * @param live tables whose changes go into the vault; the others wait for their hand-over
 */
record StreamBatch(
    String lake,
    KafkaConnection kafka,
    DebeziumFormat format,
    SchemaRegistry registry,
    DecodeChanges.OnOutdatedCatalog onOutdatedCatalog,
    Set<TableId> live,
    VaultLake vault) {
  static final String TRANSACTION = "stream";

  void build(Pipeline pipeline, BatchPlan plan) {
    PCollectionTuple decoded =
        pipeline
            .apply("Planned offsets", Create.of(plan.ranges()).withCoder(OffsetRangeCoder.of()))
            .apply("Read Kafka", KafkaRanges.read().from(kafka))
            .apply(
                "Decode changes",
                DecodeChanges.of(format)
                    .withOnOutdatedCatalog(onOutdatedCatalog)
                    .withRegistry(registry));
    PCollection<ChangeRecord> changes = decoded.get(DecodeChanges.CHANGES);

    PCollection<TableRow> kept = changes.apply("Keep changes", KeepChanges.asRows());
    PCollection<TableRow> undecoded =
        decoded
            .get(DecodeChanges.DEAD_LETTERS)
            .apply(
                "Letters", MapElements.into(TypeDescriptor.of(TableRow.class)).via(DeadLetter::row))
            .setCoder(TableRowCoder.of());
    Set<TableId> loaded = Set.copyOf(live);
    PCollection<TableRow> unloaded =
        vault.load(
            changes.apply(
                "Tables the vault has", Filter.by(change -> loaded.contains(change.table().id()))),
            TRANSACTION,
            plan.batch());

    PCollectionList.of(kept)
        .and(undecoded)
        .and(unloaded)
        .apply("Rows to append", Flatten.pCollections())
        .apply(
            "Write bronze and letters",
            DeltaIO.writeRows()
                .to(lake)
                .withSchemaPolicy(SchemaPolicy.WIDEN)
                .withTransaction(TRANSACTION, plan.batch()));
  }
}
