package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Translates a stage: source columns, then derived columns, replacements of NULL, hashes and ranks.
 * An object of the format has the parts {@code derived_columns}, {@code null_columns}, {@code
 * hashed_columns}, {@code ranked_columns}, {@code include_source_columns}.
 */
final class Staging {
  private static final String ORIGINAL = "_ORIGINAL";

  private final ConformanceCase owner;
  private final HashedColumn hashed;

  Staging(ConformanceCase owner) {
    this.owner = owner;
    this.hashed = new HashedColumn(owner);
  }

  /**
   * The rows of a stage.
   *
   * @throws CaseException if the stage is not described, or asks for what is not known
   */
  CaseTable stage(String name, CaseTable source) {
    JsonNode stage = owner.staging().get(name);
    if (stage == null) {
      throw new CaseException("no staging of " + name);
    }
    StagedTable staged = new StagedTable(source);
    Set<String> own = new LinkedHashSet<>();
    Cells.members(stage.path("derived_columns"))
        .forEach((column, what) -> put(staged, own, DerivedColumn.of(column, what, source)));
    for (Map.Entry<String, JsonNode> nulls : Cells.members(stage.path("null_columns")).entrySet()) {
      String replacement = replacement(nulls.getKey());
      for (String column : Cells.names(nulls.getValue())) {
        replaceNulls(staged, own, column, replacement);
      }
    }
    CaseTable toHash = staged.table();
    Cells.members(stage.path("hashed_columns"))
        .forEach((column, what) -> put(staged, own, hashed.of(column, what, toHash)));
    CaseTable toRank = staged.table();
    Cells.members(stage.path("ranked_columns"))
        .forEach((column, what) -> put(staged, own, RankedColumn.of(column, what, toRank)));
    return stage.path("include_source_columns").asBoolean(true)
        ? staged.table()
        : staged.table(new ArrayList<>(own));
  }

  private static void put(StagedTable staged, Set<String> own, DerivedColumn column) {
    staged.put(column);
    own.add(column.column().name());
  }

  private String replacement(String kind) {
    return switch (kind.toUpperCase(Locale.ROOT)) {
      case "REQUIRED" -> owner.vars().getOrDefault("null_key_required", "-1");
      case "OPTIONAL" -> owner.vars().getOrDefault("null_key_optional", "-2");
      default -> throw new CaseException("unknown kind of null columns: " + kind);
    };
  }

  /** NULL becomes the replacement; what was there is kept in a column of its own. */
  private static void replaceNulls(
      StagedTable staged, Set<String> own, String column, String replacement) {
    CaseTable table = staged.table();
    int position = table.position(column);
    ColumnType type = table.type(column);
    List<Object> original = new ArrayList<>();
    List<Object> replaced = new ArrayList<>();
    for (Object[] row : table.rows()) {
      Object value = position < 0 ? null : row[position];
      original.add(value);
      replaced.add(value == null ? SuiteTypes.value(type, replacement) : value);
    }
    put(staged, own, new DerivedColumn(Column.nullable(column + ORIGINAL, type), original));
    put(staged, own, new DerivedColumn(Column.nullable(column, type), replaced));
  }
}
