package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.ValidationException;
import dev.larder.io.changes.Values;
import dev.larder.io.kafka.DecodeChanges;
import dev.larder.io.kafka.debezium.DebeziumEvents;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.DebeziumModes;
import dev.larder.io.kafka.debezium.Decoded;
import dev.larder.io.kafka.registry.RegistryClient;
import dev.larder.io.kafka.registry.SchemaRegistry;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.options.ReplayOptions;
import dev.larder.pipelines.run.DeadLetters.Bytes;
import dev.larder.pipelines.run.MendedRecords.Mended;
import dev.larder.transforms.bronze.SnapshotWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts dead letters back on the way they would have gone, in their place in the order of changes.
 *
 * <p><b>Guarantees</b>: a letter is put back once, whatever is killed when: what a replay takes is
 * planned in the ledger, with mended bytes and the tables as they were; each table gets one commit
 * for it. Letters stay where they are; {@link DeadLetters} keeps beside them what became of each,
 * and the next replay takes what is left.
 */
public final class ReplayRun {
  private static final String RUN = "replay";

  private final ReplayOptions options;
  private final Sources sources;
  private final Console console;
  private final DeadLetters letters;
  private final CurrentVault tables;
  private long replayed;
  private long earliest = Long.MAX_VALUE;

  public ReplayRun(ReplayOptions options, Sources sources, Console console) {
    this.options = options;
    this.sources = sources;
    this.console = console;
    this.letters = new DeadLetters(options.getLake());
    this.tables = new CurrentVault(options.getLake(), sources);
  }

  /**
   * @throws ValidationException if letters are left
   */
  public void run(RunReport report) {
    Ledger ledger = Ledger.open(options.getLake());
    ledger
        .unfinished(Ledger.STREAM)
        .ifPresent(
            batch -> {
              throw ReplayErrors.streamRuns(batch.number());
            });
    long batch = ledger.last(Ledger.STREAM, State.PLANNED);
    LedgerEntry unfinished = ledger.unfinished(RUN).orElse(null);
    if (unfinished != null) {
      console.line("Replay %d was not finished; it goes on.", unfinished.number());
      replay(ledger, unfinished.number(), ReplayPlan.fromJson(unfinished.body()));
    }
    Map<LogPlace, Mended> mended = MendedRecords.read(options.getMended());
    requireLetters(mended);
    Set<Letter> asked = new HashSet<>();
    for (ReplayPlan plan = plan(asked, mended);
        !plan.letters().isEmpty();
        plan = plan(asked, mended)) {
      long number = ledger.last(RUN, State.PLANNED) + 1;
      ledger.planned(RUN, number, plan.toJson());
      replay(ledger, number, plan);
      asked.addAll(plan.letters().keySet());
    }
    if (Ledger.open(options.getLake()).last(Ledger.STREAM, State.PLANNED) != batch) {
      streamRan();
    }
    conclude(report);
  }

  /** A batch beside a replay may load a later change without what was put back before it. */
  private void streamRan() {
    if (earliest < Long.MAX_VALUE) {
      console.line(
          "The stream has run meanwhile, so later changes of the same rows may stand where they"
              + " would not behind those put back. Load them once more: larder backfill"
              + " --model=... --lake=... --from=%s",
          Values.instant(earliest));
    }
  }

  /** Those that were put back already do no harm: who is killed gives the same file again. */
  private void requireLetters(Map<LogPlace, Mended> mended) {
    Set<LogPlace> known = new HashSet<>();
    letters.times().keySet().forEach(letter -> known.add(letter.place()));
    for (LogPlace place : mended.keySet()) {
      if (!known.contains(place)) {
        throw ReplayErrors.noLetter(options.getMended(), place.toString());
      }
    }
  }

  /** Letters that are left and were not asked for in this run, up to the limit. */
  private ReplayPlan plan(Set<Letter> asked, Map<LogPlace, Mended> mended) {
    Map<Letter, Integer> next = new LinkedHashMap<>();
    for (Map.Entry<Letter, Integer> letter : letters.left().entrySet()) {
      if (next.size() < options.getMaxLetters() && !asked.contains(letter.getKey())) {
        next.put(letter.getKey(), letter.getValue());
      }
    }
    return new ReplayPlan(next, mended, tables.tables());
  }

  private void replay(Ledger ledger, long number, ReplayPlan plan) {
    Map<Letter, String> refused = new HashMap<>();
    List<ChangeRecord> decoded = decode(plan, refused);
    Set<LogPlace> unloaded = new HashSet<>();
    for (Letter letter : plan.letters().keySet()) {
      if (!isOfDecoding(letter)) {
        unloaded.add(letter.place());
      }
    }
    if (!decoded.isEmpty() || !unloaded.isEmpty()) {
      ReplayBatch batch = batch(ledger, plan, decoded, unloaded);
      Pipelines.run(options, pipeline -> batch.build(pipeline, number, decoded, unloaded));
    }
    Map<Letter, Integer> now = letters.times();
    plan.letters()
        .forEach(
            (letter, times) -> {
              if (!isOfDecoding(letter) && now.getOrDefault(letter, 0) > times) {
                refused.put(letter, "The vault refused it again; see its last dead letter.");
              }
            });
    letters.keep(number, plan.letters().keySet(), refused);
    int count = plan.letters().size();
    replayed += count - refused.size();
    ledger.done(RUN, number, "{\"letters\":" + count + ",\"refused\":" + refused.size() + "}");
    console.step(
        "Replay %d: %,d dead letters, %,d put back, %,d refused again",
        number, count, count - refused.size(), refused.size());
  }

  private static boolean isOfDecoding(Letter letter) {
    return letter.step().equals(DecodeChanges.STEP);
  }

  /** The changes in letters that can be decoded now; the others are added to those refused. */
  private List<ChangeRecord> decode(ReplayPlan plan, Map<Letter, String> refused) {
    DebeziumFormat format =
        new DebeziumFormat(
                LogTopics.sources(sources.model()), plan.catalogue(), DebeziumModes.larder())
            .withOnly(sources.model().tables().keySet());
    DebeziumEvents decoder =
        options.getSchemaRegistry() == null
            ? DebeziumEvents.of(format)
            : DebeziumEvents.of(
                format, RegistryClient.of(SchemaRegistry.parse(options.getSchemaRegistry())));
    List<ChangeRecord> changes = new ArrayList<>();
    letters
        .bytes(plan.letters().keySet())
        .forEach(
            (letter, bytes) -> {
              if (isOfDecoding(letter)) {
                Decoded found = decode(decoder, letter, bytes, plan.mended().get(letter.place()));
                if (found instanceof Decoded.Change change) {
                  changes.add(change.record());
                  earliest = Math.min(earliest, change.record().committedAt());
                } else if (found instanceof Decoded.Failure failure) {
                  refused.put(letter, failure.reason());
                }
              }
            });
    return changes;
  }

  private static Decoded decode(DebeziumEvents decoder, Letter letter, Bytes bytes, Mended mended) {
    byte[] key = mended == null || mended.key() == null ? bytes.key() : mended.key();
    return decoder.decode(letter.place(), key, mended == null ? bytes.value() : mended.value());
  }

  private ReplayBatch batch(
      Ledger ledger, ReplayPlan plan, List<ChangeRecord> decoded, Set<LogPlace> unloaded) {
    VaultLake vault = tables.of(plan.catalogue());
    Set<TableId> live = new HashSet<>(HandOver.live(ledger));
    live.retainAll(sources.model().tables().keySet());
    if (unloaded.isEmpty()) {
      Set<TableId> decodedTables = new HashSet<>();
      decoded.forEach(change -> decodedTables.add(change.table().id()));
      live.retainAll(decodedTables);
    }
    TreeMap<TableId, SnapshotWindow> windows =
        BackfillRun.windows(ledger, live.stream().sorted().toList());
    List<TableSchema> touched =
        vault.tables().sources().stream().filter(table -> live.contains(table.id())).toList();
    return new ReplayBatch(options.getLake(), vault, touched, windows);
  }

  private void conclude(RunReport report) {
    int left = letters.left().size();
    report.put("letters_replayed", replayed).put("letters_left", left);
    long ofSnapshots = letters.ofSnapshots();
    if (ofSnapshots > 0) {
      console.line(
          "%,d letters are of snapshot rows. Mend these in the database, which the stream then"
              + " brings, or in the model, then run `larder backfill`.",
          ofSnapshots);
    }
    if (left > 0) {
      throw new ValidationException(
          String.format(
              "%,d dead letters are left. The table ops/replays has the reason of each. Mend the"
                  + " cause, or give mended records with --mended, and replay again.",
              left));
    }
    console.step("No dead letter is left.");
  }
}
