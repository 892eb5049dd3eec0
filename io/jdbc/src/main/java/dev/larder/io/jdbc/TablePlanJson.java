package dev.larder.io.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plans as JSON, to be kept and read again: what was planned once is read in exactly the same
 * ranges. What the ranges of a table share is written once. P0 is not in it: one position belongs
 * to all tables of a source.
 *
 * <pre>{@code
 * [{"table": "pos.orders", "rows": 250000,
 *   "columns": [["id", "int", "not null"], ["note", "string"]], "key": ["id"],
 *   "index": {"name": "PRIMARY", "order": "TOTAL", "storage": "CLUSTERED",
 *             "columns": [{"name": "id", "form": "INTEGER"}]},
 *   "ranges": [{"rows": 125000, "to": ["125001"]}, {"rows": 125000, "from": ["125001"]}]}]
 * }</pre>
 *
 * A range may also have {@code "in"}, the database's partitions that are read; a table {@code
 * "where"}, the filter, and {@code "note"}. The form grows only by what may be left out.
 */
public final class TablePlanJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_NULL = "not null";

  private TablePlanJson() {}

  /** Plans as text. */
  public static String write(List<TablePlan> plans) {
    ArrayNode array = JSON.createArrayNode();
    plans.forEach(plan -> array.add(table(plan)));
    return array.toString();
  }

  /**
   * The inverse of {@link #write}.
   *
   * @param positions P0 of each source, by its name
   * @throws IllegalArgumentException if the text is none that {@link #write} wrote, or a source has
   *     no position
   */
  public static List<TablePlan> read(String json, Map<String, BinlogPosition> positions) {
    try {
      List<TablePlan> plans = new ArrayList<>();
      for (JsonNode node : JSON.readTree(json)) {
        TableId id = TableId.parse(node.required("table").textValue());
        BinlogPosition position = positions.get(id.source());
        if (position == null) {
          throw new IllegalArgumentException("no position of source " + id.source());
        }
        plans.add(plan(id, node, position));
      }
      return plans;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no plans: " + json, e);
    }
  }

  private static ObjectNode table(TablePlan plan) {
    ObjectNode node = JSON.createObjectNode();
    node.put("table", plan.table().id().toString()).put("rows", plan.estimatedRows());
    ArrayNode columns = node.putArray("columns");
    for (Column column : plan.table().columns().columns()) {
      ArrayNode each = columns.addArray().add(column.name()).add(column.type().toString());
      if (!column.nullable()) {
        each.add(NOT_NULL);
      }
    }
    texts(node, "key", plan.table().key());
    plan.warning().ifPresent(note -> node.put("note", note));
    TableRange first = plan.ranges().get(0);
    if (first.filter() != null) {
      node.put("where", first.filter());
    }
    if (first.range().index() != null) {
      node.set("index", index(first.range().index()));
    }
    ArrayNode ranges = node.putArray("ranges");
    plan.ranges().forEach(range -> ranges.add(range(range)));
    return node;
  }

  private static ObjectNode index(KeyIndex index) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", index.name());
    node.put("order", index.order().name()).put("storage", index.storage().name());
    ArrayNode columns = node.putArray("columns");
    for (KeyColumn column : index.columns()) {
      ObjectNode each = columns.addObject();
      each.put("name", column.name()).put("form", column.form().name());
      if (column.form() == KeyForm.TEXT) {
        each.put("charset", column.charset()).put("collation", column.collation());
      }
      if (column.nullable()) {
        each.put("nullable", true);
      }
    }
    return node;
  }

  private static ObjectNode range(TableRange range) {
    ObjectNode node = JSON.createObjectNode();
    node.put("rows", range.estimatedRows());
    bound(node, "from", "after", range.range().from());
    bound(node, "to", "upto", range.range().to());
    if (!range.partitions().isEmpty()) {
      texts(node, "in", range.partitions());
    }
    return node;
  }

  private static void bound(ObjectNode node, String before, String behind, KeyBound bound) {
    if (bound != null) {
      texts(node, bound.isBehind() ? behind : before, bound.literals());
    }
  }

  private static void texts(ObjectNode node, String name, List<String> texts) {
    ArrayNode array = node.putArray(name);
    texts.forEach(array::add);
  }

  private static TablePlan plan(TableId id, JsonNode node, BinlogPosition position) {
    TableSchema table = new TableSchema(id, columns(node.required("columns")), texts(node, "key"));
    KeyIndex index = node.has("index") ? index(node.get("index")) : null;
    String filter = text(node, "where");
    List<TableRange> ranges = new ArrayList<>();
    for (JsonNode range : node.required("ranges")) {
      KeyRange bounds =
          new KeyRange(index, bound(range, "from", "after"), bound(range, "to", "upto"));
      ranges.add(
          new TableRange(
              table,
              bounds,
              texts(range, "in"),
              filter,
              range.required("rows").longValue(),
              position.sequence(),
              position.recordedAt()));
    }
    return new TablePlan(table, node.required("rows").longValue(), ranges, text(node, "note"));
  }

  private static RowSchema columns(JsonNode node) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : node) {
      columns.add(
          new Column(
              column.required(0).textValue(),
              ColumnType.parse(column.required(1).textValue()),
              column.size() < 3));
    }
    return RowSchema.of(columns);
  }

  private static KeyIndex index(JsonNode node) {
    List<KeyColumn> columns = new ArrayList<>();
    for (JsonNode column : node.required("columns")) {
      columns.add(
          new KeyColumn(
              column.required("name").textValue(),
              KeyForm.valueOf(column.required("form").textValue()),
              text(column, "charset"),
              text(column, "collation"),
              column.path("nullable").booleanValue()));
    }
    return new KeyIndex(
        node.required("name").textValue(),
        columns,
        KeyIndex.Order.valueOf(node.required("order").textValue()),
        KeyIndex.Storage.valueOf(node.required("storage").textValue()));
  }

  private static KeyBound bound(JsonNode node, String before, String behind) {
    if (node.has(before)) {
      return KeyBound.before(texts(node, before));
    }
    return node.has(behind) ? KeyBound.behind(texts(node, behind)) : null;
  }

  private static List<String> texts(JsonNode node, String name) {
    List<String> texts = new ArrayList<>();
    node.path(name).forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).textValue();
  }
}
