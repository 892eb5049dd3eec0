package dev.larder.pipelines.conformance;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.pipelines.conformance.ConformanceCase.Checkpoint;
import dev.larder.pipelines.conformance.ConformanceCase.Cycle;
import dev.larder.pipelines.conformance.ConformanceCase.Load;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A case on its way through its cycles: what is staged, and its tables, which are below a folder of
 * their own in a lake that it shares with others.
 */
final class CaseRun {
  private final ConformanceCase owner;
  private final String lake;
  private final String folder;
  private final StagedCase staged;
  private final Map<String, Places> places = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private final List<String> staging = new ArrayList<>();
  private List<List<Load>> waves = List.of();

  CaseRun(ConformanceCase owner, String lake, String folder) {
    this.owner = owner;
    this.lake = lake;
    this.folder = folder;
    this.staged = new StagedCase(owner);
  }

  ConformanceCase owner() {
    return owner;
  }

  StagedCase staged() {
    return staged;
  }

  Outcome outcome() {
    return new Outcome(
        owner.id(), owner.structure(), List.copyOf(differences), List.copyOf(staging));
  }

  /** Ends the case: it has failed for this reason. */
  void fail(String reason) {
    differences.add(reason);
  }

  boolean hasFailed() {
    return !differences.isEmpty();
  }

  /** A table's path below the lake. */
  String path(String table) {
    return folder + "/" + table;
  }

  /** Writes the tables that are there before the first cycle. */
  void writeExisting() {
    owner
        .existing()
        .forEach(
            (table, rows) -> {
              Model model = owner.models().get(table);
              if (model != null && !rows.isEmpty()) {
                write(model, rows);
              }
            });
  }

  private void write(Model model, List<Map<String, String>> texts) {
    CaseTable stored = CaseTable.of(texts, owner.likelyTypesOf(model.name()));
    DeltaTable table = DeltaTable.of(lake, path(model.name()));
    if (!ModelTable.isLoaded(model.structure())) {
      table.append(stored.schema(), stored.rows().iterator());
      return;
    }
    Target target = Target.of(model, owner.typesOf(model.name())).add(stored.schema().names());
    if (model.structure().equals("eff_sat")) {
      target.of(ColumnType.DATETIME, model.name("src_start_date"));
      target.of(ColumnType.DATETIME, model.name("src_end_date"));
    }
    List<Object[]> rows = new ArrayList<>();
    target.rows(stored, places(model), (row, place) -> rows.add(row));
    table.append(target.schema(stored), rows.iterator());
  }

  private Places places(Model model) {
    return places.computeIfAbsent(model.name(), any -> new Places());
  }

  /** Stages what a cycle brings and divides its loads into waves, each after the other. */
  void begin(Cycle cycle) {
    staging.addAll(staged.next(cycle));
    List<List<Load>> divided = new ArrayList<>();
    Set<String> inWave = new LinkedHashSet<>();
    for (Load load : cycle.loads()) {
      Model model = owner.model(load.model());
      boolean waits =
          inWave.contains(load.model())
              || model.sources().stream().anyMatch(inWave::contains)
              || !ModelTable.isLoaded(model.structure());
      if (divided.isEmpty() || waits) {
        divided.add(new ArrayList<>());
        inWave.clear();
      }
      divided.get(divided.size() - 1).add(load);
      inWave.add(load.model());
    }
    waves = divided;
  }

  int waves() {
    return waves.size();
  }

  /** The loads of a wave; none if the cycle has no such wave. */
  List<Load> wave(int number) {
    return number < waves.size() ? waves.get(number) : List.of();
  }

  /** What a load means for a table that rows are loaded into. */
  TableLoad translate(Load load) {
    Model model = owner.model(load.model());
    Materialization materialization = new Materialization(model, load);
    boolean isDropped = materialization.isFullRefresh(owner);
    if (isDropped) {
      drop(model);
    }
    boolean exists = !isDropped && exists(model);
    List<CaseTable> stages =
        model.sources().stream()
            .map(source -> materialization.rows(staged.table(source), exists))
            .toList();
    return TableLoad.of(owner, model, path(model.name()), stages, places(model));
  }

  private boolean exists(Model model) {
    return owner.existing().containsKey(model.name())
        || DeltaTable.of(lake, path(model.name())).exists();
  }

  private void drop(Model model) {
    DeltaTable table = DeltaTable.of(lake, path(model.name()));
    table.find().ifPresent(stored -> table.replace(stored.schema(), Collections.emptyIterator()));
    places.remove(model.name());
  }

  /** Whether a load builds a table from others. */
  boolean isBuilt(Load load) {
    return !ModelTable.isLoaded(owner.model(load.model()).structure());
  }

  /** What is built by a load that builds a table from others. */
  SnapshotTable built(Load load) {
    Model model = owner.model(load.model());
    CaseTable asOfs = staged.table(model.name("as_of_dates_table"));
    return SnapshotTable.of(owner, model, asOfs, this::path);
  }

  /** Compares what the case says of the tables after a number of cycles. */
  void check(int cycles) {
    for (Checkpoint checkpoint : owner.checkpoints()) {
      if (checkpoint.after() == cycles) {
        compare(
            checkpoint.table() + " after cycle " + cycles,
            checkpoint.table(),
            checkpoint.columns(),
            checkpoint.rows());
      }
    }
    if (cycles == owner.cycles().size()) {
      owner
          .expected()
          .forEach(
              (table, rows) ->
                  compare(
                      table,
                      table,
                      owner.expectedColumns().getOrDefault(table, columns(rows)),
                      rows));
    }
  }

  private static List<String> columns(List<Map<String, String>> rows) {
    return rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
  }

  private void compare(
      String where, String table, List<String> columns, List<Map<String, String>> rows) {
    CaseTable actual = owner.models().containsKey(table) ? read(table) : staged.table(table);
    differences.addAll(TableCheck.differences(where, columns, owner.typesOf(table), rows, actual));
  }

  /** A table as the lake holds it. */
  private CaseTable read(String table) {
    DeltaSnapshot snapshot = DeltaTable.of(lake, path(table)).find().orElse(null);
    if (snapshot == null) {
      List<Column> declared = new ArrayList<>();
      owner
          .typesOf(table)
          .forEach((name, type) -> declared.add(Column.nullable(name, ColumnType.STRING)));
      return new CaseTable(RowSchema.of(declared), List.of(), Map.of());
    }
    List<Object[]> rows = new ArrayList<>();
    try (RowIterator stored = snapshot.rows()) {
      stored.forEachRemaining(rows::add);
    }
    return new CaseTable(snapshot.schema(), rows, Map.of());
  }
}
