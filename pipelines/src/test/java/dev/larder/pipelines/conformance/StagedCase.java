package dev.larder.pipelines.conformance;

import dev.larder.pipelines.conformance.ConformanceCase.Cycle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables that a case's models read, cycle by cycle: staged ones and raw ones. */
final class StagedCase {
  private final ConformanceCase owner;
  private final Staging staging;
  private final Map<String, CaseTable> raw = new LinkedHashMap<>();
  private final Map<String, CaseTable> staged = new LinkedHashMap<>();

  StagedCase(ConformanceCase owner) {
    this.owner = owner;
    this.staging = new Staging(owner);
    owner
        .existing()
        .forEach((table, rows) -> raw.put(table, CaseTable.of(rows, owner.typesOf(table))));
  }

  /**
   * Brings the raw tables of a cycle and stages what it names; what is not named stays as it is.
   *
   * @return what differs from the staged rows that the case gives
   */
  List<String> next(Cycle cycle) {
    cycle.raw().forEach(this::replace);
    List<String> differences = new ArrayList<>();
    for (String stage : cycle.stage()) {
      CaseTable table = staging.stage(stage, raw(source(cycle, stage)));
      staged.put(stage, table);
      List<Map<String, String>> primed = cycle.primed().get(stage);
      if (primed != null && !primed.isEmpty()) {
        differences.addAll(
            TableCheck.differences(
                stage, List.copyOf(primed.get(0).keySet()), Map.of(), primed, table));
      }
    }
    return differences;
  }

  /** A table that is emptied keeps its columns. */
  private void replace(String table, List<Map<String, String>> rows) {
    CaseTable former = raw.get(table);
    raw.put(
        table,
        rows.isEmpty() && former != null
            ? new CaseTable(former.schema(), List.of(), former.absent())
            : CaseTable.of(rows, owner.typesOf(table)));
  }

  private String source(Cycle cycle, String stage) {
    String source = cycle.stageSource().get(stage);
    return source != null ? source : owner.staging().get(stage).path("source").asText();
  }

  private CaseTable raw(String table) {
    return raw.getOrDefault(table, CaseTable.of(List.of(), owner.typesOf(table)));
  }

  /** A staged or raw table as it is now; empty if nothing has been brought yet. */
  CaseTable table(String name) {
    CaseTable table = staged.get(name);
    if (table != null) {
      return table;
    }
    return owner.staging().containsKey(name)
        ? staging.stage(name, raw(owner.staging().get(name).path("source").asText()))
        : raw(name);
  }
}
