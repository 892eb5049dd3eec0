package dev.larder.pipelines.run;

import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.ChangedBound;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.MetricNames;
import dev.larder.io.delta.PartitionFiles;
import dev.larder.io.delta.Replacement;
import dev.larder.io.delta.filter.Filter;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.options.LakeOptions;
import dev.larder.transforms.model.Bridge;
import dev.larder.transforms.model.Pit;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.snapshot.SnapshotControl;
import dev.larder.transforms.vault.PointInTimeSpecs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Builds PITs and bridges: of each those instants whose content can have changed since it was last
 * built, on the runner that the options name.
 *
 * <p><b>Guarantees</b>: one commit a table, which also says of which versions of its sources it was
 * made. A run that ends anywhere before leaves the table as it was; the next one starts from there.
 * What a run builds is what building everything anew would give: rows that came late count, too.
 */
public final class PointInTimeRun {
  private static final String APPLICATION = "larder.snapshots";
  private static final String FINGERPRINT = "larder.made";

  private final LakeOptions options;
  private final VaultModel model;
  private final Console console;
  private final Optional<Instant> until;

  /**
   * @param until the newest instant is not after it; without it, not after the last load
   */
  public PointInTimeRun(
      LakeOptions options, VaultModel model, Console console, Optional<Instant> until) {
    this.options = options;
    this.model = model;
    this.console = console;
    this.until = until;
  }

  public void build(Pit pit, RunReport report) {
    SnapshotControl control = PointInTimeSpecs.control(model.snapshot(pit.snapshot()));
    build(new PointInTimeTable.OfPit(specs().pit(pit)), control, report);
  }

  public void build(Bridge bridge, RunReport report) {
    SnapshotControl control = PointInTimeSpecs.control(model.snapshot(bridge.snapshot()));
    build(new PointInTimeTable.OfBridge(specs().bridge(bridge)), control, report);
  }

  private PointInTimeSpecs specs() {
    Map<String, dev.larder.io.changes.RowSchema> stored = new HashMap<>();
    for (String name : DeltaTables.names(options.getLake())) {
      if (name.startsWith("vault/")) {
        stored.put(name, DeltaTable.of(options.getLake(), name).latest().schema());
      }
    }
    return new PointInTimeSpecs(model, stored);
  }

  private void build(PointInTimeTable table, SnapshotControl control, RunReport report) {
    List<PointInTimeSource> sources = new ArrayList<>();
    table
        .inputs()
        .forEach(
            (name, columns) ->
                sources.add(PointInTimeSource.of(options.getLake(), name, List.copyOf(columns))));
    DeltaTable stored = DeltaTable.of(options.getLake(), table.name());
    if (!stored.exists()) {
      DeltaTable.create(options.getLake(), table.spec(model)); // there, though it may stay empty
    }
    DeltaSnapshot latest = stored.latest();
    SortedSet<Instant> wanted = wanted(sources, control);
    boolean isNew = stored.batch(FINGERPRINT) != table.fingerprint(model);
    Rebuild rebuild = isNew ? null : changed(table, sources, stored, latest, wanted);
    if (rebuild != null && rebuild.isNothing()) {
      console.step("%s: nothing changed, %,d instants", table.name(), wanted.size());
      report.add("snapshots").put("table", table.name()).put("rows", 0);
      return;
    }
    run(table, sources, latest, rebuild, wanted, report);
  }

  private SortedSet<Instant> wanted(List<PointInTimeSource> sources, SnapshotControl control) {
    Long first =
        sources.stream()
            .map(PointInTimeSource::firstLoad)
            .filter(Objects::nonNull)
            .min(Long::compare)
            .orElse(null);
    if (first == null) {
      return new TreeSet<>();
    }
    Instant last =
        until.orElseGet(
            () ->
                Values.instant(
                    sources.stream()
                        .map(PointInTimeSource::lastLoad)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(first)));
    return control.kept(Values.instant(first), last);
  }

  /** What to build; null for everything. */
  private static Rebuild changed(
      PointInTimeTable table,
      List<PointInTimeSource> sources,
      DeltaTable stored,
      DeltaSnapshot latest,
      SortedSet<Instant> wanted) {
    Instant from = null;
    boolean hasNewKeys = false;
    for (PointInTimeSource source : sources) {
      ChangedBound bound = source.changedSince(stored.batch(source.mark()));
      if (bound.isAnything() && source.name().equals(table.keys())) {
        hasNewKeys = true;
      } else if (bound.isAnything() && bound.lowest() == null) {
        return null;
      } else if (bound.isAnything()) {
        Instant lowest = Values.instant((Long) bound.lowest());
        from = from == null || lowest.isBefore(from) ? lowest : from;
      }
    }
    Map<Instant, Integer> files = new TreeMap<>();
    for (PartitionFiles partition : latest.partitions()) {
      files.put(Values.instant((Long) partition.values().get(0)), partition.files());
    }
    return Rebuild.of(wanted, files, from, hasNewKeys);
  }

  private void run(
      PointInTimeTable table,
      List<PointInTimeSource> sources,
      DeltaSnapshot latest,
      Rebuild rebuild,
      SortedSet<Instant> wanted,
      RunReport report) {
    Rebuild todo = rebuild == null ? Rebuild.ofEverything(wanted) : rebuild;
    long version = latest.version();
    Map<String, Long> marks = new HashMap<>(Map.of(FINGERPRINT, table.fingerprint(model)));
    sources.forEach(source -> marks.put(source.mark(), source.snapshot().version()));
    Replacement replacement =
        rebuild == null
            ? Replacement.ofEverything(version, marks)
            : new Replacement(version, partitions(todo.replaced()), marks);
    long rows = sources.stream().mapToLong(PointInTimeSource::rows).sum();
    long start = System.nanoTime();
    Pipelines run =
        Pipelines.run(
            options,
            pipeline ->
                inputs(pipeline, table, sources, todo, version)
                    .apply("Build " + table.name(), table.build(todo, rows))
                    .apply(
                        "Write " + table.name(),
                        DeltaIO.writeRows()
                            .to(options.getLake())
                            .withTables(List.of(table.spec(model)))
                            .withTransaction(APPLICATION, version + 1)
                            .replacing(table.name(), replacement)
                            .groups()),
            running -> progress(table, running, start));
    tell(table, run.counter(MetricNames.ROWS_IN), todo, start, report);
  }

  private static List<List<Object>> partitions(List<Instant> instants) {
    return instants.stream().map(each -> List.<Object>of(Values.micros(each))).toList();
  }

  private PCollection<TableRows> inputs(
      Pipeline pipeline,
      PointInTimeTable table,
      List<PointInTimeSource> sources,
      Rebuild todo,
      long version) {
    List<PCollection<TableRows>> inputs = new ArrayList<>();
    for (PointInTimeSource source : sources) {
      inputs.add(
          pipeline.apply(
              "Read " + source.name(),
              DeltaIO.readRows()
                  .from(options.getLake(), source.name())
                  .atVersion(source.snapshot().version())
                  .withColumns(source.columns())
                  .groups()));
    }
    if (!todo.newKeys().isEmpty()) {
      inputs.add(
          pipeline.apply(
              "Read " + table.name(),
              DeltaIO.readRows()
                  .from(options.getLake(), table.name())
                  .atVersion(version)
                  .withColumns(List.of(table.schema().column(0).name()))
                  .where(Filter.equalTo(table.asOf(), Values.micros(todo.newKeys().last())))
                  .groups()));
    }
    return PCollectionList.of(inputs).apply("Inputs", Flatten.pCollections());
  }

  private void progress(PointInTimeTable table, Pipelines running, long start) {
    long rows = running.counter(MetricNames.ROWS_IN);
    console.progress(
        "%s: %,d rows, %s",
        table.name(), rows, Rate.of(rows, Duration.ofNanos(System.nanoTime() - start)));
  }

  private void tell(PointInTimeTable table, long rows, Rebuild done, long start, RunReport report) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    console.step(
        "%s: %,d rows at %,d instants, new keys at %,d, %,d instants dropped, %s",
        table.name(),
        rows,
        done.whole().size(),
        done.newKeys().size(),
        done.dropped().size(),
        Rate.of(rows, took));
    report
        .add("snapshots")
        .put("table", table.name())
        .put("rows", rows)
        .put("instants", done.whole().size())
        .put("instants_dropped", done.dropped().size())
        .put("rows_per_second", Rate.perSecond(rows, took));
  }
}
