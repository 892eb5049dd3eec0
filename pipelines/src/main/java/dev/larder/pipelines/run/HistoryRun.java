package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.log.CommitInfo;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.options.HistoryOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows what was done to a table. */
public final class HistoryRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HistoryOptions options;
  private final Console console;

  public HistoryRun(HistoryOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  public void run() {
    String name = LakeTableNames.one(options.getLake(), options.getTable());
    List<CommitInfo> history = DeltaTable.of(options.getLake(), name).history(options.getLimit());
    switch (options.getOutput()) {
      case JSON -> console.line("%s", json(history));
      case TEXT -> text(history);
    }
  }

  private void text(List<CommitInfo> history) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("version", "time (UTC)", "operation", "engine", "parameters and metrics"));
    for (CommitInfo commit : history) {
      Map<String, String> details = new TreeMap<>(commit.parameters());
      details.putAll(commit.metrics());
      lines.add(
          List.of(
              Long.toString(commit.version()),
              commit.time().toString(),
              commit.operation(),
              commit.engine(),
              details.entrySet().stream()
                  .filter(detail -> !detail.getValue().isEmpty() && !detail.getValue().equals("[]"))
                  .map(detail -> detail.getKey() + "=" + detail.getValue())
                  .collect(Collectors.joining(" "))));
    }
    int[] widths = new int[lines.get(0).size() - 1];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    lines.forEach(line -> console.line("%s", aligned(line, widths)));
  }

  private static String aligned(List<String> line, int[] widths) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      out.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
    }
    return out.append(line.get(widths.length)).toString().stripTrailing();
  }

  private static String json(List<CommitInfo> history) {
    ArrayNode all = JSON.createArrayNode();
    for (CommitInfo commit : history) {
      ObjectNode one =
          all.addObject()
              .put("version", commit.version())
              .put("time", commit.time().toString())
              .put("operation", commit.operation())
              .put("engine", commit.engine());
      new TreeMap<>(commit.parameters()).forEach(one.putObject("parameters")::put);
      new TreeMap<>(commit.metrics()).forEach(one.putObject("metrics")::put);
    }
    return all.toPrettyString();
  }
}
