package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.ValidationException;
import dev.larder.io.kafka.BatchLimits;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.BatchPlanner;
import dev.larder.io.kafka.CatalogOutdatedException;
import dev.larder.io.kafka.DecodeChanges.OnOutdatedCatalog;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.MetricNames;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.DebeziumModes;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.pipelines.options.StreamOptions.Trigger;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * The CDC branch: a loop of bounded batches (docs/adr/0002). Each is planned in the ledger, run
 * over exactly its offsets, and recorded as done; a planned batch that is not done is run first.
 */
public final class StreamRun {
  private static final String CATALOGUE = "catalogue";
  private static final String RECORDS = "records";
  private static final String SECONDS = "seconds";
  private static final String DEAD_LETTERS = "dead_letters";
  private static final long PATIENCE_SECONDS = 30;
  private static final long LEDGER_NANOS = 2_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StreamOptions options;
  private final Sources sources;
  private final Console console;
  private final Connectors connectors;
  private final KafkaConnection kafka;
  private final TopicSelection topics;
  private final HandOver handOver;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Ledger ledger;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final PassedSnapshots passed = new PassedSnapshots();
  private long ledgerRead = System.nanoTime();
  private VaultLake vault;
  private SourceCatalog vaultCatalogue;
  private long records;
  private long deadLetters;
  private long batches;

  public StreamRun(StreamOptions options, Sources sources, Console console) {
    this.options = options;
    this.sources = sources;
    this.console = console;
    this.connectors = new Connectors(options, sources);
    this.kafka = Kafkas.connection(options);
    this.topics = LogTopics.all(sources.model());
    this.handOver = new HandOver(options, options.getLake(), console);
    this.ledger = Ledger.open(options.getLake());
  }

  /** Finishes the running batch, then {@link #run} returns. May be called from any thread. */
  public void stop() {
    stop.countDown();
  }

  /** Runs until the trigger says that it is enough. */
  public void run(RunReport report) {
    Thread onExit = new Thread(this::stopAndWait, "stop-stream");
    RunnerProfile runner = RunnerProfile.of(options);
    runner.addExitTask(onExit);
    long start = System.nanoTime();
    try (KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      readLedger();
      if (options.getTrigger() == Trigger.AVAILABLE_NOW) {
        connectors.awaitRead(sources.positions(), console);
      }
      loop(offsets, report, start);
    } finally {
      ended.countDown();
      remove(onExit, runner);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    report.put("batches_run", batches).put(RECORDS, records).put(DEAD_LETTERS, deadLetters);
    console.step("Stream: %,d records in %d batches, %s", records, batches, Rate.of(records, took));
    if (deadLetters > 0) {
      console.line(
          "%s could not be decoded or loaded: see the table ops/dead_letters for bytes, place and"
              + " reason.",
          counted(deadLetters, "record"));
    }
  }

  private void stopAndWait() {
    stop();
    try {
      // A batch that is cut off is run again from the ledger: waiting is a courtesy.
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        console.line("The running batch is left; it will be run again at the next start.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread onExit, RunnerProfile runner) {
    try {
      runner.removeExitTask(onExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the task has run, or is waiting for this very moment.
    }
  }

  private void readLedger() {
    for (LedgerEntry planned : ledger.entries(Ledger.STREAM)) {
      if (planned.state() == State.PLANNED
          && ledger.find(Ledger.STREAM, planned.number(), State.DONE).isPresent()) {
        positions.putAll(BatchPlan.fromJson(planned.body()).ends());
      }
    }
  }

  private void loop(KafkaOffsets offsets, RunReport report, long start) {
    LedgerEntry unfinished = ledger.unfinished(Ledger.STREAM).orElse(null);
    if (unfinished != null) {
      BatchPlan plan = BatchPlan.fromJson(unfinished.body());
      console.line("Batch %d was not finished; it is run again.", plan.batch());
      runBatch(plan, report, 0);
    }
    LedgerEntry handingOver = ledger.unfinished(Ledger.HAND_OVER).orElse(null);
    if (handingOver != null) {
      console.line(
          "The hand-over of snapshot %d was not finished; it goes on.", handingOver.number());
      handOver.run(ledger, handingOver.number(), vault(sources.eventCatalogue()));
    }
    long runNanos = duration("runFor", options.getRunFor(), Long.MAX_VALUE);
    long interval = duration("interval", options.getInterval(), 0);
    Map<TopicPartition, Long> target = null;
    boolean more = true;
    while (more && stop.getCount() > 0) {
      long began = System.nanoTime();
      List<Long> justPassed = justPassed();
      TopicOffsets now = offsets.read(topics);
      justPassed.forEach(snapshot -> passed.add(snapshot, now.end()));
      if (target == null || options.getTrigger() == Trigger.INTERVAL) {
        target = now.end();
      }
      Map<TopicPartition, Long> from = now.positions(positions);
      BatchPlan plan = plan(from, limited(now.end(), passed.extend(target)));
      if (!plan.isEmpty()) {
        ledger.planned(Ledger.STREAM, plan.batch(), plan.toJson());
        runBatch(plan, report, lag(now, plan));
      }
      takeOver(plan.advance(from));
      checkLetters();
      more =
          switch (options.getTrigger()) {
            case ONCE -> false;
            case AVAILABLE_NOW -> !plan.isEmpty() || !passed.isEmpty();
            case INTERVAL -> System.nanoTime() - start < runNanos;
          };
      if (more && options.getTrigger() == Trigger.INTERVAL) {
        pause(interval - (System.nanoTime() - began));
      }
    }
    HandOver.waiting(ledger)
        .forEach(
            number ->
                console.line(
                    "Snapshot %d waits in bronze: the log has not passed its end yet. Run `larder"
                        + " stream` again, with --connect if the source is idle.",
                    number));
  }

  private static Map<TopicPartition, Long> limited(
      Map<TopicPartition, Long> ends, Map<TopicPartition, Long> target) {
    Map<TopicPartition, Long> limited = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          Long limit = target.get(partition);
          if (limit != null) {
            limited.put(partition, Math.min(end, limit));
          }
        });
    return limited;
  }

  private BatchPlan plan(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    BatchLimits limits =
        BatchLimits.none()
            .withMaxOffsets(options.getMaxOffsetsPerBatch())
            .withMinRanges(options.getMinPartitions());
    long number = ledger.last(Ledger.STREAM, State.PLANNED) + 1;
    BatchPlan plan = BatchPlanner.plan(number, from, to, limits, Map.of());
    return plan.isEmpty() ? plan : withCatalogue(plan);
  }

  private BatchPlan withCatalogue(BatchPlan plan) {
    return new BatchPlan(
        plan.batch(), plan.ranges(), Map.of(CATALOGUE, sources.eventCatalogue().toJson()));
  }

  private void runBatch(BatchPlan plan, RunReport report, long lag) {
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
    long read = run.counter(MetricNames.RECORDS_READ);
    long letters = run.counter(MetricNames.RECORDS_DEAD_LETTERED);
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put(RECORDS, read);
    outcome.put(DEAD_LETTERS, letters);
    outcome.put(SECONDS, took.toMillis() / 1000.0);
    ledger.done(Ledger.STREAM, plan.batch(), JSON.valueToTree(outcome).toString());
    positions.putAll(plan.ends());
    batches++;
    records += read;
    deadLetters += letters;
    report
        .add("batches")
        .put("batch", plan.batch())
        .put(RECORDS, read)
        .put(SECONDS, took.toMillis() / 1000.0)
        .put("lag", lag);
    console.progress(
        "batch %d: %,d records in %.1f s, %,d behind",
        plan.batch(), read, took.toMillis() / 1000.0, lag);
  }

  private Pipelines run(BatchPlan plan, OnOutdatedCatalog onOutdated) {
    SourceCatalog catalogue = SourceCatalog.fromJson(plan.properties().get(CATALOGUE));
    DebeziumFormat format =
        new DebeziumFormat(LogTopics.sources(sources.model()), catalogue, DebeziumModes.larder());
    StreamBatch batch =
        new StreamBatch(
            options.getLake(), kafka, format, onOutdated, HandOver.live(ledger), vault(catalogue));
    return Pipelines.run(options, pipeline -> batch.build(pipeline, plan));
  }

  /** The vault's tables, looked at again only when the sources' tables have changed. */
  private VaultLake vault(SourceCatalog catalogue) {
    if (!catalogue.equals(vaultCatalogue)) {
      Map<TableId, TableSchema> tables = new HashMap<>();
      catalogue.tables().forEach(table -> tables.put(table.id(), table));
      vault = VaultLake.create(options.getLake(), sources.model(), tables);
      vaultCatalogue = catalogue;
    }
    return vault;
  }

  /** Snapshots of which it is now known that the log has passed them; asked before topics are. */
  private List<Long> justPassed() {
    if (System.nanoTime() - ledgerRead > LEDGER_NANOS) {
      ledger.refresh(); // another process may have finished a snapshot
      ledgerRead = System.nanoTime();
    }
    List<Long> waiting =
        HandOver.waiting(ledger).stream().filter(number -> !passed.contains(number)).toList();
    if (waiting.isEmpty()) {
      return waiting;
    }
    Map<String, Sequence> connectorsRead = connectors.positions();
    return waiting.stream()
        .filter(number -> handOver.isPassed(ledger, number, connectorsRead))
        .toList();
  }

  /** Lets the vault take over the snapshots whose log is read to the ends that count. */
  private void takeOver(Map<TopicPartition, Long> read) {
    for (long number : HandOver.waiting(ledger)) {
      if (passed.contains(number) && passed.isRead(number, read)) {
        handOver.run(ledger, number, vault(sources.eventCatalogue()));
        passed.remove(number);
      }
    }
  }

  private void checkLetters() {
    if (options.getMaxDeadLetters() >= 0 && deadLetters > options.getMaxDeadLetters()) {
      throw new ValidationException(
          String.format(
              "%s, more than --maxDeadLetters=%d. The table ops/dead_letters has them with their"
                  + " reasons. Mend the cause or raise the limit, then start the stream again; it"
                  + " goes on behind this batch.",
              counted(deadLetters, "dead letter"), options.getMaxDeadLetters()));
    }
  }

  private static String counted(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  private long lag(TopicOffsets now, BatchPlan plan) {
    Map<TopicPartition, Long> after = plan.advance(now.positions(positions));
    return now.end().entrySet().stream()
        .mapToLong(end -> end.getValue() - after.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  private void pause(long nanos) {
    try {
      if (nanos > 0 && stop.await(nanos, TimeUnit.NANOSECONDS)) {
        console.line("Stopping.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private static long duration(String option, String text, long absent) {
    if (text == null) {
      return absent;
    }
    try {
      return Duration.parse(text).toNanos();
    } catch (java.time.format.DateTimeParseException e) {
      throw new UserException(
          "--" + option + "=" + text + " is no ISO-8601 duration. Write PT30S or PT5M.", e);
    }
  }
}
