package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.pipelines.conformance.ConformanceCase.Checkpoint;
import dev.larder.pipelines.conformance.ConformanceCase.Cycle;
import dev.larder.pipelines.conformance.ConformanceCase.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the files of the format. Entries that it does not know are ignored. */
final class CaseReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CaseReader() {}

  /**
   * @throws IOException if the file is no JSON, or cannot be read
   */
  static ConformanceCase read(Path file) throws IOException {
    JsonNode root = JSON.readTree(file.toFile());
    Map<String, Model> models = new LinkedHashMap<>();
    Cells.members(root.path("metadata"))
        .forEach((name, node) -> models.put(name, Model.of(name, node)));
    Map<String, List<Map<String, String>>> existing = new LinkedHashMap<>();
    Cells.members(root.path("existing"))
        .forEach(
            (table, rows) -> {
              if (!rows.isNull()) {
                existing.put(table, Cells.rows(rows));
              }
            });
    return new ConformanceCase(
        root.path("id").asText(file.getFileName().toString()),
        root.path("scenario").asText(),
        root.path("structure").asText("?"),
        root.path("hashing").asText("MD5"),
        mapped(root.path("vars"), JsonNode::asText),
        models,
        Cells.members(root.path("staging")),
        mapped(root.path("column_types"), types -> mapped(types, JsonNode::asText)),
        existing,
        cycles(root),
        tables(root.path("expected")),
        checkpoints(root.path("checkpoints")),
        mapped(root.path("expected_columns"), Cells::names));
  }

  private static <T> Map<String, T> mapped(JsonNode node, Function<JsonNode, T> value) {
    Map<String, T> mapped = new LinkedHashMap<>();
    Cells.members(node).forEach((name, member) -> mapped.put(name, value.apply(member)));
    return mapped;
  }

  private static Map<String, List<Map<String, String>>> tables(JsonNode node) {
    return mapped(node, Cells::rows);
  }

  private static List<Cycle> cycles(JsonNode root) {
    List<Cycle> cycles = new ArrayList<>();
    JsonNode nodes = root.path("cycles");
    for (int i = 0; i < nodes.size(); i++) {
      JsonNode node = nodes.get(i);
      List<Load> loads = new ArrayList<>();
      node.path("load")
          .forEach(
              load ->
                  loads.add(
                      new Load(
                          load.path("model").asText(),
                          load.path("materialization").asText("incremental"),
                          load)));
      cycles.add(
          new Cycle(
              tables(root.path("stages").path(i)),
              Cells.names(node.path("stage")),
              mapped(node.path("stage_source"), JsonNode::asText),
              loads,
              tables(root.path("primed").path(i))));
    }
    return cycles;
  }

  private static List<Checkpoint> checkpoints(JsonNode nodes) {
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (JsonNode node : nodes) {
      checkpoints.add(
          new Checkpoint(
              node.path("after").asInt(),
              node.path("table").asText(),
              Cells.names(node.path("columns")),
              Cells.rows(node.path("rows"))));
    }
    return checkpoints;
  }
}
