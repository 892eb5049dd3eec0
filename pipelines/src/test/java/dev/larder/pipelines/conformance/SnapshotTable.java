package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.Values;
import dev.larder.transforms.snapshot.BridgeSpec;
import dev.larder.transforms.snapshot.BuildBridge;
import dev.larder.transforms.snapshot.BuildPit;
import dev.larder.transforms.snapshot.PitSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Translates the metadata of a PIT or a bridge.
 *
 * @param schema the columns of the table
 * @param sources the models whose tables it is built of
 * @param build makes the rows
 */
record SnapshotTable(
    RowSchema schema,
    Set<String> sources,
    PTransform<PCollection<TableRows>, PCollection<TableRows>> build) {
  private static final long BEGINNING = (Long) SuiteTypes.value(ColumnType.DATETIME, "1900-01-01");
  private static final PitSpec.Types TYPES =
      new PitSpec.Types(ColumnType.BINARY, ColumnType.DATETIME);

  /**
   * @param asOfs the table with the instants
   * @param path of a model's table below the lake
   */
  static SnapshotTable of(
      ConformanceCase owner, Model model, CaseTable asOfs, UnaryOperator<String> path) {
    String zeroKey = "00".repeat(HashedColumn.algorithm(owner).length());
    String asOf = asOfs.schema().column(0).name();
    return model.structure().equals("pit")
        ? pit(pit(model, asOf, zeroKey, path), model, instants(asOfs))
        : bridge(bridge(model, asOf, zeroKey, path), model, instants(asOfs));
  }

  private static List<Instant> instants(CaseTable asOfs) {
    List<Instant> instants = new ArrayList<>();
    for (Object[] row : asOfs.rows()) {
      Object micros = SuiteTypes.cast(asOfs.schema().column(0).type(), row[0], ColumnType.DATETIME);
      instants.add(Values.instant((Long) micros));
    }
    return instants;
  }

  private static SnapshotTable pit(PitSpec spec, Model model, List<Instant> asOfs) {
    Set<String> sources = new LinkedHashSet<>(model.sources());
    sources.addAll(model.members("satellites").keySet());
    return new SnapshotTable(spec.schema(), sources, BuildPit.of(spec, asOfs).withRanges(1));
  }

  private static PitSpec pit(Model model, String asOf, String zeroKey, UnaryOperator<String> path) {
    List<PitSpec.Satellite> satellites = new ArrayList<>();
    model
        .members("satellites")
        .forEach(
            (satellite, columns) -> {
              Map.Entry<String, JsonNode> key = Cells.only(columns.path("pk"));
              Map.Entry<String, JsonNode> loadDate = Cells.only(columns.path("ldts"));
              satellites.add(
                  new PitSpec.Satellite(
                      path.apply(satellite),
                      new PitSpec.Version(key.getValue().asText(), loadDate.getValue().asText()),
                      new PitSpec.Version(
                          satellite + "_" + key.getKey(), satellite + "_" + loadDate.getKey())));
            });
    String key = model.name("src_pk");
    return new PitSpec(
        path.apply(model.name()),
        new PitSpec.Parent(path.apply(model.name("source_model")), key, key),
        asOf,
        satellites,
        new PitSpec.Absent(zeroKey, BEGINNING, ""),
        TYPES);
  }

  private static SnapshotTable bridge(BridgeSpec spec, Model model, List<Instant> asOfs) {
    Set<String> sources = new LinkedHashSet<>(model.sources());
    for (JsonNode leg : model.members("bridge_walk").values()) {
      sources.add(leg.path("link_table").asText());
      sources.add(leg.path("eff_sat_table").asText());
    }
    return new SnapshotTable(spec.schema(), sources, BuildBridge.of(spec, asOfs).withRanges(1));
  }

  private static BridgeSpec bridge(
      Model model, String asOf, String zeroKey, UnaryOperator<String> path) {
    String key = model.name("src_pk");
    List<String> columns = new ArrayList<>(List.of(key));
    List<BridgeSpec.Leg> legs = new ArrayList<>();
    String met = key;
    for (Map.Entry<String, JsonNode> step : model.members("bridge_walk").entrySet()) {
      JsonNode leg = step.getValue();
      String next = "end of " + step.getKey();
      columns.add(leg.path("bridge_link_pk").asText());
      legs.add(
          new BridgeSpec.Leg(
              path.apply(leg.path("link_table").asText()),
              new BridgeSpec.Key(leg.path("link_pk").asText(), leg.path("bridge_link_pk").asText()),
              new BridgeSpec.Key(leg.path("link_fk1").asText(), met),
              List.of(new BridgeSpec.Key(leg.path("link_fk2").asText(), next)),
              new BridgeSpec.Effective(
                  path.apply(leg.path("eff_sat_table").asText()),
                  new PitSpec.Version(
                      leg.path("eff_sat_pk").asText(), leg.path("eff_sat_load_date").asText()),
                  leg.path("eff_sat_end_date").asText(),
                  ModelTable.OPEN_END),
              BridgeSpec.Kind.REQUIRED));
      met = next;
    }
    return new BridgeSpec(
        path.apply(model.name()),
        new BridgeSpec.Start(path.apply(model.name("source_model")), key, key),
        asOf,
        legs,
        columns,
        TYPES,
        zeroKey);
  }
}
