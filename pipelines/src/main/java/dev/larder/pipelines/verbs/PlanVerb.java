package dev.larder.pipelines.verbs;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.jdbc.RangePlanner;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.PlanOptions;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.RangeLines;
import dev.larder.pipelines.run.SchemaMemory;
import dev.larder.pipelines.run.Sources;
import dev.larder.pipelines.run.VaultPlan;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.plan.HashInputs;
import dev.larder.transforms.plan.TableDifference;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code larder plan}. */
public final class PlanVerb implements Verb<PlanOptions> {
  private static final String HASHED = "larder.hash.columns";
  private static final String ALGORITHM = "larder.hash.algorithm";

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Shows what would be read, created and hashed; writes nothing.";
  }

  @Override
  public String example() {
    return "larder plan --model=vault.yaml"
        + " --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD";
  }

  @Override
  public Class<PlanOptions> options() {
    return PlanOptions.class;
  }

  @Override
  public void run(PlanOptions options, Console console, RunReport report) {
    VaultModel model = ModelFile.at(options.getModel()).model();
    Sources sources = Sources.of(model, options.getSource());
    Map<TableId, TableSchema> catalogue =
        new SchemaMemory(options.getLake(), model).preview(sources);
    VaultTables tables = VaultTables.of(model, catalogue, 1);
    console.line("Read:");
    List<TablePlan> plans =
        sources.plan(
            Sources.tables(model, options),
            sources.positions(),
            RangePlanner.withDefaults().withRowsPerRange(options.getRangeRows()));
    int shown = options.getAllRanges() ? Integer.MAX_VALUE : RangeLines.FEW;
    for (TablePlan plan : plans) {
      RangeLines.of(plan, shown).forEach(line -> console.line("  %s", line));
    }
    VaultPlan plan = options.getLake() == null ? null : VaultPlan.of(options.getLake(), tables);
    console.line("Create:");
    for (VaultTable table : tables.tables()) {
      console.line("  %s%s", table.name(), there(plan, table));
      console.line("    %s", rule(table.spec().rule()));
      String key = HashInputs.of(model, table).getOrDefault(HashInputs.KEY, "");
      if (!key.isEmpty()) {
        console.line(
            "    key %s in %d bucket%s: %s of %s",
            table.spec().schema().column(0).name(),
            table.spec().buckets(),
            table.spec().buckets() == 1 ? "" : "s",
            table.spec().properties().get(ALGORITHM),
            key);
      }
      String hashed = table.spec().properties().getOrDefault(HASHED, "");
      if (!hashed.isEmpty()) {
        console.line("    hashed, in this order: %s", hashed.replace(",", ", "));
      }
      console.line(
          "    %s",
          table.spec().schema().columns().stream()
              .map(Column::toString)
              .collect(Collectors.joining(", ")));
    }
    report
        .put("tables_read", plans.size())
        .put("ranges", plans.stream().mapToInt(each -> each.ranges().size()).sum())
        .put("tables_created", tables.tables().size());
    if (plan != null) {
      altered(new SchemaMemory(options.getLake(), model), sources, console);
      differences(plan, tables, console, report);
      plan.orThrow();
    }
  }

  /** What ALTERs have changed since bronze was written, and what the stream will do. */
  private static void altered(SchemaMemory memory, Sources sources, Console console) {
    memory
        .drifts(sources.eventCatalogue())
        .forEach(
            (id, drift) -> {
              console.line(
                  "Altered: %s (on_alter: %s)",
                  id, memory.policy(id).name().toLowerCase(Locale.ROOT));
              drift.lines(memory.policy(id)).forEach(line -> console.line("    %s", line));
            });
  }

  private static String there(VaultPlan plan, VaultTable table) {
    return plan != null && plan.difference(table.name()).isPresent() ? " (is there)" : "";
  }

  private static void differences(
      VaultPlan plan, VaultTables tables, Console console, RunReport report) {
    int changes = 0;
    console.line("Difference to the lake:");
    for (String name : plan.created()) {
      console.line("  + %s", name);
      changes++;
    }
    for (VaultTable table : tables.tables()) {
      TableDifference difference = plan.difference(table.name()).orElse(null);
      if (difference == null || difference.isNone()) {
        continue;
      }
      console.line("  %s %s", difference.isRefused() ? "!" : "~", table.name());
      difference.additions().forEach(line -> console.line("      %s", line));
      difference.rebuilds().forEach(line -> console.line("    ! %s", line));
      changes++;
    }
    for (String name : plan.left()) {
      console.line("  - %s: the model names it no more; it stays as it is", name);
      changes++;
    }
    if (changes == 0) {
      console.line("  none");
    }
    report.put("tables_changed", changes);
  }

  private static String rule(LoadRule rule) {
    if (rule instanceof LoadRule.InsertIfAbsent absent) {
      return "the first row of " + String.join(", ", absent.key()) + " is kept";
    }
    if (rule instanceof LoadRule.InsertIfChanged changed) {
      return "a version of "
          + String.join(", ", changed.key())
          + " whenever "
          + String.join(", ", changed.compared())
          + " changes, in order of "
          + changed.order();
    }
    if (rule instanceof LoadRule.Scd2 scd2) {
      return "versions of "
          + String.join(", ", scd2.key())
          + " from "
          + scd2.from()
          + " to "
          + scd2.to();
    }
    if (rule instanceof LoadRule.Latest latest) {
      return "the row of "
          + String.join(", ", latest.key())
          + " that is last in order of "
          + latest.order()
          + " is kept";
    }
    return "every row is added";
  }
}
