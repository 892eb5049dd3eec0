package dev.larder.pipelines.conformance;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.transforms.hash.HashKey;
import dev.larder.transforms.vault.GhostRecords;
import dev.larder.transforms.vault.RowsOf;
import java.util.ArrayList;
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
  private static final String SYSTEM = "AUTOMATE_DV_SYSTEM";

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
      for (ModelTable loaded : ModelTable.of(owner, model, stage)) {
        spec = spec == null ? loaded.structure().spec(table, 1, Map.of()) : spec;
        RowSchema schema = loaded.target().schema(stage);
        RowsOf rowsOf = RowsOf.of(loaded.structure(), table, schema);
        boolean isFirst = spec.rule() instanceof LoadRule.InsertIfAbsent;
        loaded
            .target()
            .rows(
                stage,
                places,
                (row, place) -> {
                  Sequence order = isFirst ? bySource(model, schema, row, sources) : place;
                  rowsOf.put(row, order).ifPresent(rows::add);
                });
        if (model.structure().equals("sat") && owner.isOn("enable_ghost_records")) {
          loaded
              .target()
              .finish(
                  schema,
                  ghost(owner, model, schema),
                  places,
                  (row, place) -> rowsOf.put(row, place).ifPresent(rows::add));
        }
      }
    }
    return new TableLoad(Objects.requireNonNull(spec, "a model has a source"), rows);
  }

  /** The row that stands for what is unknown; a table takes it once, like any other. */
  private static Object[] ghost(ConformanceCase owner, Model model, RowSchema schema) {
    List<String> hashes = new ArrayList<>(model.names("src_pk"));
    hashes.addAll(model.aliased("src_hashdiff").keySet());
    List<String> times = new ArrayList<>(model.names("src_eff"));
    times.add(model.name("src_ldts"));
    String source = owner.vars().getOrDefault("system_record_value", SYSTEM);
    return GhostRecords.row(
        schema,
        hashes,
        HashKey.unknown(HashedColumn.algorithm(owner)),
        times,
        Map.of(model.name("src_source"), source));
  }

  private static List<String> recordSources(Model model, List<CaseTable> stages) {
    TreeSet<String> sources = new TreeSet<>();
    for (CaseTable stage : stages) {
      int position = stage.position(model.name("src_source"));
      stage.rows().stream()
          .map(row -> position < 0 ? null : row[position])
          .filter(Objects::nonNull)
          .forEach(source -> sources.add(source.toString()));
    }
    return List.copyOf(sources);
  }

  /** Where the first row stays: first by load date, then by the name of the source. */
  private static Sequence bySource(
      Model model, RowSchema schema, Object[] row, List<String> sources) {
    Object source = row[schema.position(model.name("src_source"))];
    return Places.at(
        row[schema.position(model.name("src_ldts"))],
        source == null ? 0 : sources.indexOf(source.toString()));
  }
}
