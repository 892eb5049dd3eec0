package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A load scenario as its file gives it. Rows are texts by column, null where a value is absent.
 *
 * @param hashing {@code MD5}, {@code SHA} (SHA-256) or {@code SHA1}
 * @param vars settings that hold for the whole case
 * @param models what is loaded, by name
 * @param staging what stands between raw tables and models, by name
 * @param types the types of columns, by table: Snowflake's names
 * @param existing rows of tables that are there before the first cycle; a table that is not there
 *     is missing
 * @param expected the rows at the end, by table
 * @param checkpoints the rows after some cycles, by table
 * @param expectedColumns the columns that are compared, by table
 */
record ConformanceCase(
    String id,
    String scenario,
    String structure,
    String hashing,
    Map<String, String> vars,
    Map<String, Model> models,
    Map<String, JsonNode> staging,
    Map<String, Map<String, String>> types,
    Map<String, List<Map<String, String>>> existing,
    List<Cycle> cycles,
    Map<String, List<Map<String, String>>> expected,
    List<Checkpoint> checkpoints,
    Map<String, List<String>> expectedColumns) {

  /**
   * A load cycle.
   *
   * @param raw tables whose contents are replaced before anything is staged
   * @param primed what staging should give, by staged table
   */
  record Cycle(
      Map<String, List<Map<String, String>>> raw,
      List<String> stage,
      Map<String, String> stageSource,
      List<Load> loads,
      Map<String, List<Map<String, String>>> primed) {}

  /**
   * A model to load.
   *
   * @param options what the format says of the load besides its model
   */
  record Load(String model, String materialization, JsonNode options) {}

  /** What a table must hold after a number of cycles. */
  record Checkpoint(
      int after, String table, List<String> columns, List<Map<String, String>> rows) {}

  /**
   * @throws CaseException if the file is none of the format, or a model's structure is unknown
   */
  void requireKnown() {
    if (cycles.isEmpty() || expected.isEmpty() && checkpoints.isEmpty()) {
      throw new CaseException(id + " has no cycles, or nothing is expected of it");
    }
    for (Model model : models.values()) {
      if (!ModelTable.isKnown(model.structure())) {
        throw new CaseException(
            id + ": model " + model.name() + " has the unknown structure " + model.structure());
      }
    }
  }

  /** Whether a setting is on. */
  boolean isOn(String variable) {
    return Boolean.parseBoolean(vars.getOrDefault(variable, "false"));
  }

  /**
   * @throws CaseException if there is no such model
   */
  Model model(String name) {
    Model model = models.get(name);
    if (model == null) {
      throw new CaseException("no metadata of model " + name + ", only of " + models.keySet());
    }
    return model;
  }

  /** The declared types of a table's columns; empty if none is declared. */
  Map<String, String> typesOf(String table) {
    return types.getOrDefault(table, Map.of());
  }

  /** The same, and for columns that are not declared the type that another table gives them. */
  Map<String, String> likelyTypesOf(String table) {
    Map<String, String> likely = new LinkedHashMap<>();
    types.values().forEach(likely::putAll);
    likely.putAll(typesOf(table));
    return likely;
  }
}
