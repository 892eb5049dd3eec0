package dev.larder.pipelines.run;

import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.CatalogOutdatedException;
import dev.larder.io.kafka.DecodeChanges.OnOutdatedCatalog;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.MetricNames;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.DebeziumModes;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.io.kafka.registry.SchemaRegistry;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.options.StreamOptions;
import java.time.Duration;

/** Runs planned batches, one {@link StreamBatch} each, with the tables as the plan knew them. */
final class BatchRun {
  private final StreamOptions options;
  private final Sources sources;
  private final KafkaConnection kafka;
  private final Ledger ledger;
  private final PlannedCatalogues catalogues;
  private final CurrentVault vault;
  private final Console console;

  BatchRun(
      StreamOptions options,
      Sources sources,
      KafkaConnection kafka,
      Ledger ledger,
      CurrentVault vault,
      Console console) {
    this.options = options;
    this.sources = sources;
    this.kafka = kafka;
    this.ledger = ledger;
    this.catalogues = new PlannedCatalogues(ledger);
    this.vault = vault;
    this.console = console;
  }

  /** The plan with the sources' tables as they are now: repeated, it decodes the same. */
  BatchPlan withCatalogue(BatchPlan plan) {
    return catalogues.with(plan, vault.tables());
  }

  /**
   * Runs a plan to its last commit. If events need tables as they are now, it is run once more with
   * these; what cannot be decoded then is a dead letter.
   */
  BatchOutcome run(BatchPlan plan) {
    long start = System.nanoTime();
    Pipelines run;
    try {
      run = run(plan, OnOutdatedCatalog.FAIL);
    } catch (RuntimeException e) {
      if (!CatalogOutdatedException.isCauseOf(e)) {
        throw e;
      }
      console.line(
          "A table has changed since batch %d was planned: reading it anew.", plan.batch());
      run = run(withCatalogue(plan), OnOutdatedCatalog.DEAD_LETTER);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new BatchOutcome(
        run.counter(MetricNames.RECORDS_READ),
        run.counter(MetricNames.BYTES_READ),
        run.counter(dev.larder.io.delta.MetricNames.ROWS_ADDED),
        run.counter(dev.larder.io.delta.MetricNames.BYTES_WRITTEN),
        run.counter(MetricNames.RECORDS_DEAD_LETTERED),
        took.toMillis() / 1000.0,
        run.longest(dev.larder.io.delta.MetricNames.COMMIT_MS) / 1000.0);
  }

  private Pipelines run(BatchPlan plan, OnOutdatedCatalog onOutdated) {
    SourceCatalog catalogue = catalogues.of(plan);
    DebeziumFormat format =
        new DebeziumFormat(LogTopics.sources(sources.model()), catalogue, DebeziumModes.larder())
            .withOnly(sources.model().tables().keySet());
    StreamBatch batch =
        new StreamBatch(
            kafka,
            format,
            options.getSchemaRegistry() == null
                ? null
                : SchemaRegistry.parse(options.getSchemaRegistry()),
            onOutdated,
            Math.max(options.getMinPartitions(), threads(plan)),
            HandOver.live(ledger),
            vault.of(catalogue));
    return Pipelines.run(options, batch.groups(plan), pipeline -> batch.build(pipeline, plan));
  }

  /** As many threads as this machine has, where the plan has ranges for them. */
  private static int threads(BatchPlan plan) {
    return Math.min(plan.ranges().size(), Runtime.getRuntime().availableProcessors());
  }
}
