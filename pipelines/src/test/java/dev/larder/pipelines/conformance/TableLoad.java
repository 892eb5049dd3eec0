package dev.larder.pipelines.conformance;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A model's table as it is declared to a sink, and rows for it.
 *
 * @param spec the table below the lake
 */
record TableLoad(TableSpec spec, List<TableRow> rows) {

  /**
   * @param table the table's path below the lake
   * @param stages what feeds the model, one for each of its sources
   */
  static TableLoad of(
      ConformanceCase owner, Model model, String table, List<CaseTable> stages, Places places) {
    TableSpec spec = null;
    List<TableRow> rows = new ArrayList<>();
    List<String> sources = recordSources(model, stages);
    for (CaseTable stage : stages) {
      Structures structure = Structures.of(model, new Structures.Context(owner, stage));
      if (spec == null) {
        spec = new TableSpec(table, structure.schema(), structure.rule(), 1, Map.of());
      }
      for (Target feed : structure.feeds()) {
        for (Object[] row : feed.rows(stage)) {
          if (isComplete(structure, feed.schema(), row)) {
            rows.add(row(table, structure, feed.schema(), row, places, sources));
          }
        }
      }
    }
    return new TableLoad(Objects.requireNonNull(spec, "a model has a source"), rows);
  }

  private static List<String> recordSources(Model model, List<CaseTable> stages) {
    TreeSet<String> sources = new TreeSet<>();
    for (CaseTable stage : stages) {
      for (String column : model.names("src_source")) {
        int position = stage.position(column);
        stage.rows().stream()
            .map(row -> position < 0 ? null : row[position])
            .filter(Objects::nonNull)
            .forEach(source -> sources.add(source.toString()));
      }
    }
    return List.copyOf(sources);
  }

  private static boolean isComplete(Structures structure, RowSchema schema, Object[] row) {
    return structure.required().stream().allMatch(column -> row[schema.position(column)] != null);
  }

  /** In order of load date; then of arrival in a satellite, of record source elsewhere. */
  private static TableRow row(
      String table,
      Structures structure,
      RowSchema schema,
      Object[] row,
      Places places,
      List<String> sources) {
    int loadDate = schema.position(structure.orderedBy());
    if (!structure.hasPlace()) {
      int source = schema.find(structure.recordSource());
      int rank = source < 0 || row[source] == null ? 0 : sources.indexOf(row[source].toString());
      return TableRow.put(table, schema, row, Places.at(row[loadDate], rank));
    }
    Sequence place = places.of(schema, row, loadDate);
    return TableRow.put(table, Structures.withPlace(schema), placed(row, place), place);
  }

  static Object[] placed(Object[] row, Sequence place) {
    Object[] placed = Arrays.copyOf(row, row.length + 1);
    placed[row.length] = place.text();
    return placed;
  }
}
