package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.LoadRule.Others;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Translates the metadata of a model into the columns of its table and the rule by which rows are
 * loaded into it.
 *
 * @param feeds one for each pass over the staged rows: an XTS takes several rows of each
 * @param required columns without which a row says nothing of the table: it is left out
 * @param orderedBy the load date
 * @param recordSource the column that names the source
 */
record Structures(
    List<Target> feeds,
    LoadRule rule,
    List<String> required,
    String orderedBy,
    String recordSource) {
  /** Holds a row's place among those of its load date, where the rule needs one. */
  static final String PLACE = "_seq";

  private static final long OPEN_END =
      (Long) SuiteTypes.value(ColumnType.DATETIME, "9999-12-31 23:59:59.999999");

  private static final Map<String, BiFunction<Model, Context, Structures>> KNOWN =
      Map.of(
          "hub", Structures::hub,
          "link", Structures::link,
          "t_link", Structures::transaction,
          "sat", Structures::satellite,
          "ma_sat", Structures::multiActive,
          "eff_sat", Structures::effectivity,
          "xts", Structures::sightings,
          "ref_table", Structures::reference);

  /** Tables that are built from others. */
  private static final Set<String> SNAPSHOTS = Set.of("pit", "bridge");

  /**
   * What a translation depends on besides the metadata.
   *
   * @param stage what feeds the table
   */
  record Context(ConformanceCase owner, CaseTable stage) {}

  /** Whether the structure is a table that is loaded row by row. */
  static boolean isLoaded(String structure) {
    return KNOWN.containsKey(structure);
  }

  /** Whether a model may have the structure. */
  static boolean isKnown(String structure) {
    return isLoaded(structure) || SNAPSHOTS.contains(structure);
  }

  static Structures of(Model model, Context context) {
    return KNOWN.get(model.structure()).apply(model, context);
  }

  /** The columns of the table. */
  RowSchema schema() {
    RowSchema filled = feeds.get(0).schema();
    return hasPlace() ? withPlace(filled) : filled;
  }

  /** Whether rows have {@link #PLACE}. */
  boolean hasPlace() {
    return rule instanceof LoadRule.InsertIfChanged;
  }

  static RowSchema withPlace(RowSchema schema) {
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(Column.nullable(PLACE, ColumnType.STRING));
    return RowSchema.of(columns);
  }

  private static Structures hub(Model model, Context context) {
    Target.Builder target = keyed(model).add(model.names("src_nk"));
    return absent(model, technical(target, model), model.names("src_pk"), context);
  }

  private static Structures link(Model model, Context context) {
    Target.Builder target = keyed(model).add(model.names("src_fk"));
    List<String> required = new ArrayList<>(model.names("src_pk"));
    required.addAll(model.names("src_fk"));
    return absent(model, technical(target, model), required, context);
  }

  private static Structures transaction(Model model, Context context) {
    Target.Builder target = keyed(model).add(model.names("src_fk"));
    target.add(payload(model, context)).add(model.names("src_eff"));
    List<String> required = new ArrayList<>(model.names("src_pk"));
    required.addAll(model.names("src_fk"));
    return absent(model, technical(target, model), required, context);
  }

  private static Structures reference(Model model, Context context) {
    return absent(model, technical(keyed(model), model), model.names("src_pk"), context);
  }

  private static Structures satellite(Model model, Context context) {
    List<String> hashdiff = List.copyOf(model.aliased("src_hashdiff").keySet());
    return new Structures(
        List.of(
            described(model, context)
                .build(context.owner().typesOf(model.name()), context.stage())),
        new LoadRule.InsertIfChanged(model.names("src_pk"), PLACE, hashdiff),
        model.names("src_pk"),
        model.name("src_ldts"),
        model.name("src_source"));
  }

  private static Structures multiActive(Model model, Context context) {
    List<String> required = new ArrayList<>(model.names("src_pk"));
    required.addAll(model.names("src_cdk"));
    return new Structures(
        List.of(
            described(model, context)
                .build(context.owner().typesOf(model.name()), context.stage())),
        new LoadRule.InsertIfSetChanged(
            model.names("src_pk"),
            model.names("src_cdk"),
            model.name("src_ldts"),
            List.copyOf(model.aliased("src_hashdiff").keySet())),
        required,
        model.name("src_ldts"),
        model.name("src_source"));
  }

  private static Structures effectivity(Model model, Context context) {
    boolean isComplete = context.owner().isOn("auto_end_date");
    String start = model.name("src_start_date");
    String end = model.name("src_end_date");
    Target.Builder target = keyed(model).add(model.names("src_dfk")).add(model.names("src_sfk"));
    // Where ends are found by absence, a member is open since the row that opens it is effective.
    target.add(Map.of(start, isComplete ? model.name("src_eff") : start));
    target.add(List.of(end)).add(model.names("src_eff"));
    target.of(ColumnType.DATETIME, start).of(ColumnType.DATETIME, end);
    List<String> required = new ArrayList<>(model.names("src_pk"));
    required.addAll(model.names("src_dfk"));
    required.addAll(model.names("src_sfk"));
    List<String> stamped = new ArrayList<>(model.names("src_eff"));
    stamped.addAll(model.names("src_source"));
    return new Structures(
        List.of(
            technical(target, model).build(context.owner().typesOf(model.name()), context.stage())),
        new LoadRule.Effectivity(
            model.names("src_dfk"),
            model.names("src_pk"),
            model.name("src_ldts"),
            start,
            end,
            OPEN_END,
            isComplete ? Others.CLOSE : Others.KEEP,
            stamped),
        required,
        model.name("src_ldts"),
        model.name("src_source"));
  }

  private static Structures sightings(Model model, Context context) {
    List<Target> feeds = new ArrayList<>();
    Set<String> key = new LinkedHashSet<>(model.names("src_pk"));
    for (JsonNode satellite : model.members("src_satellite").values()) {
      Target.Builder target = keyed(model);
      for (String part : List.of("hashdiff", "sat_name")) {
        Cells.members(satellite.path(part))
            .forEach(
                (column, staged) -> {
                  target.add(Map.of(column, staged.asText()));
                  key.add(column);
                });
      }
      feeds.add(
          technical(target, model).build(context.owner().typesOf(model.name()), context.stage()));
    }
    key.add(model.name("src_ldts"));
    return new Structures(
        feeds,
        new LoadRule.InsertIfAbsent(List.copyOf(key)),
        model.names("src_pk"),
        model.name("src_ldts"),
        model.name("src_source"));
  }

  private static Target.Builder keyed(Model model) {
    return new Target.Builder().add(model.names("src_pk"));
  }

  private static Target.Builder technical(Target.Builder target, Model model) {
    return target
        .add(model.names("src_extra_columns"))
        .add(model.names("src_ldts"))
        .add(model.names("src_source"));
  }

  private static Structures absent(
      Model model, Target.Builder target, List<String> required, Context context) {
    return new Structures(
        List.of(target.build(context.owner().typesOf(model.name()), context.stage())),
        new LoadRule.InsertIfAbsent(model.names("src_pk")),
        required,
        model.name("src_ldts"),
        model.name("src_source"));
  }

  private static Target.Builder described(Model model, Context context) {
    Target.Builder target =
        keyed(model)
            .add(model.names("src_cdk"))
            .add(model.aliased("src_hashdiff"))
            .add(payload(model, context))
            .add(model.names("src_eff"));
    return technical(target, model);
  }

  /** The named columns, or all staged ones but those and the structural ones. */
  private static Map<String, String> payload(Model model, Context context) {
    JsonNode payload = model.node().path("src_payload");
    if (!payload.path("exclude_columns").asBoolean()) {
      return model.aliased("src_payload");
    }
    Set<String> others = new HashSet<>(Cells.names(payload.path("columns")));
    others.addAll(model.aliased("src_hashdiff").values());
    for (String entry :
        List.of(
            "src_pk",
            "src_fk",
            "src_cdk",
            "src_eff",
            "src_ldts",
            "src_source",
            "src_extra_columns")) {
      others.addAll(model.names(entry));
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : context.stage().schema().names()) {
      if (!others.contains(column)) {
        columns.put(column, column);
      }
    }
    return columns;
  }
}
