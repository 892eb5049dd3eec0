package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule.Others;
import dev.larder.transforms.vault.Satellites.Deletes;
import dev.larder.transforms.vault.Satellites.Effectivity;
import dev.larder.transforms.vault.Satellites.MultiActiveSet;
import dev.larder.transforms.vault.Satellites.Satellite;
import dev.larder.transforms.vault.Satellites.Sightings;
import dev.larder.transforms.vault.Structures.Events;
import dev.larder.transforms.vault.Structures.Hub;
import dev.larder.transforms.vault.Structures.Link;
import dev.larder.transforms.vault.Structures.Meanings;
import dev.larder.transforms.vault.Structures.Reference;
import dev.larder.transforms.vault.Structures.Transaction;
import dev.larder.transforms.vault.VaultStructure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Translates the metadata of a model into Larder's structure of that kind.
 *
 * @param target what fills the structure's columns
 */
record ModelTable(Target target, VaultStructure structure) {
  /** The end of what is open: the last microsecond of the last day. */
  static final long OPEN_END =
      (Long) SuiteTypes.value(ColumnType.DATETIME, "9999-12-31 23:59:59.999999");

  private static final Set<String> LOADED =
      Set.of("hub", "link", "t_link", "sat", "ma_sat", "eff_sat", "xts", "ref_table");
  private static final Set<String> BUILT = Set.of("pit", "bridge");

  /** Whether the structure is a table that rows are loaded into. */
  static boolean isLoaded(String structure) {
    return LOADED.contains(structure);
  }

  /** Whether a model may have the structure. */
  static boolean isKnown(String structure) {
    return isLoaded(structure) || BUILT.contains(structure);
  }

  /**
   * The tables for rows of one stage: an XTS takes several rows of each, all others one.
   *
   * @param stage what feeds the model
   */
  static List<ModelTable> of(ConformanceCase owner, Model model, CaseTable stage) {
    Translation translation = new Translation(owner, model, stage);
    return switch (model.structure()) {
      case "hub" -> List.of(translation.hub());
      case "link" -> List.of(translation.link());
      case "t_link" -> List.of(translation.transaction());
      case "ref_table" -> List.of(translation.reference());
      case "sat" -> List.of(translation.satellite());
      case "ma_sat" -> List.of(translation.multiActive());
      case "eff_sat" -> List.of(translation.effectivity());
      case "xts" -> translation.sightings();
      default -> throw new CaseException(model.structure() + " is not loaded row by row");
    };
  }

  private record Translation(ConformanceCase owner, Model model, CaseTable stage) {

    ModelTable hub() {
      Target target = target().add(model.names("src_nk"));
      TargetColumns columns = columns(target);
      return new ModelTable(
          target,
          new Hub(
              columns.key(),
              columns.of(target.keyParts(), model.names("src_nk")),
              columns.stamps(model.name("src_ldts"))));
    }

    ModelTable link() {
      Target target = target().add(model.names("src_fk"));
      return new ModelTable(target, link(target));
    }

    private Link link(Target target) {
      TargetColumns columns = columns(target);
      return new Link(
          columns.key(),
          columns.of(model.names("src_fk")),
          columns.of(target.keyParts()),
          columns.stamps(model.name("src_ldts")));
    }

    ModelTable transaction() {
      Map<String, String> payload = payload();
      Target target = target().add(model.names("src_fk")).add(payload);
      List<Column> carried = columns(target).of(List.copyOf(payload.keySet()));
      return new ModelTable(target, new Transaction(link(target), carried, Events.FIRST));
    }

    ModelTable reference() {
      Target target = target();
      TargetColumns columns = columns(target);
      return new ModelTable(
          target,
          new Reference(
              columns.of(model.names("src_pk")),
              List.of(),
              columns.stamps(model.name("src_ldts")),
              Meanings.FIRST));
    }

    ModelTable satellite() {
      Target target = described();
      TargetColumns columns = columns(target);
      return new ModelTable(
          target,
          new Satellite(
              columns.key(),
              columns.one(hashDiff()),
              columns.of(target.keyParts(), List.copyOf(payload().keySet())),
              columns.stamps(Target.PLACE),
              Deletes.NOTHING));
    }

    ModelTable multiActive() {
      Target target = described().add(model.names("src_cdk"));
      TargetColumns columns = columns(target);
      return new ModelTable(
          target,
          new MultiActiveSet(
              columns.key(),
              columns.one(hashDiff()),
              columns.of(model.names("src_cdk")),
              columns.of(target.keyParts(), List.copyOf(payload().keySet())),
              columns.stamps(model.name("src_ldts"))));
    }

    /** Where ends are found by absence, what a row opens is open since the row is effective. */
    ModelTable effectivity() {
      boolean isComplete = owner.isOn("auto_end_date");
      String start = model.name("src_start_date");
      String end = model.name("src_end_date");
      Target target =
          target()
              .add(model.names("src_dfk"))
              .add(model.names("src_sfk"))
              .add(start, isComplete ? model.name("src_eff") : start)
              .add(end, end)
              .of(ColumnType.DATETIME, start)
              .of(ColumnType.DATETIME, end);
      TargetColumns columns = columns(target);
      return new ModelTable(
          target,
          new Effectivity(
              columns.key(),
              columns.of(model.names("src_dfk")),
              columns.of(target.keyParts(), model.names("src_sfk")),
              new Effectivity.Period(columns.one(start), columns.one(end), OPEN_END),
              columns.stamps(model.name("src_ldts")),
              isComplete ? Others.CLOSE : Others.KEEP));
    }

    List<ModelTable> sightings() {
      List<ModelTable> tables = new ArrayList<>();
      for (JsonNode satellite : model.members("src_satellite").values()) {
        Map.Entry<String, JsonNode> name = Cells.only(satellite.path("sat_name"));
        Map.Entry<String, JsonNode> hashDiff = Cells.only(satellite.path("hashdiff"));
        Target target =
            target()
                .add(hashDiff.getKey(), hashDiff.getValue().asText())
                .add(name.getKey(), name.getValue().asText());
        TargetColumns columns = columns(target);
        tables.add(
            new ModelTable(
                target,
                new Sightings(
                    columns.key(),
                    columns.one(hashDiff.getKey()),
                    columns.one(name.getKey()),
                    columns.stamps(model.name("src_ldts"), target.keyParts()))));
      }
      return tables;
    }

    private Target described() {
      return target().add(model.aliased("src_hashdiff")).add(payload());
    }

    private String hashDiff() {
      return model.aliased("src_hashdiff").keySet().iterator().next();
    }

    private Target target() {
      return Target.of(model, owner.typesOf(model.name()))
          .add(model.names("src_eff"))
          .add(model.names("src_extra_columns"))
          .add(model.names("src_ldts"))
          .add(model.names("src_source"));
    }

    private TargetColumns columns(Target target) {
      return new TargetColumns(model, target, target.schema(stage));
    }

    /** The named columns, or all staged ones but those and the structural ones. */
    private Map<String, String> payload() {
      JsonNode payload = model.node().path("src_payload");
      if (!payload.path("exclude_columns").asBoolean()) {
        return model.aliased("src_payload");
      }
      Set<String> others = new HashSet<>(Cells.names(payload.path("columns")));
      others.addAll(model.aliased("src_hashdiff").values());
      for (String entry : List.of("pk", "fk", "cdk", "eff", "ldts", "source", "extra_columns")) {
        others.addAll(model.names("src_" + entry));
      }
      Map<String, String> columns = new LinkedHashMap<>();
      stage.schema().names().stream()
          .filter(column -> !others.contains(column))
          .forEach(column -> columns.put(column, column));
      return columns;
    }
  }
}
