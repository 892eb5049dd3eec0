package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The source tables as the database describes them (MySQL's {@code information_schema}): columns in
 * their order, types, key.
 *
 * <p>A schemaless event needs two facts more of some columns, because their canonical type does not
 * tell how Debezium writes them: {@code bit(n)} (written with its last byte first) and, for
 * connectors that do not use {@link DebeziumModes#larder}, the digits of {@code datetime(n)} and
 * {@code time(n)}, {@code bigint unsigned} and {@code decimal(p,s)} with more than 38 digits. They
 * are given as declared types, in MySQL's words ({@code COLUMN_TYPE}); giving them for every column
 * is right. A BIT column without its declared type would be taken for a VARBINARY.
 */
public final class SourceCatalog implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TreeMap<TableId, TableSchema> tables;
  private final TreeMap<TableId, TreeMap<String, String>> declared;
  private final TreeMap<TableId, TreeSet<String>> leftOut;

  private SourceCatalog(
      TreeMap<TableId, TableSchema> tables,
      TreeMap<TableId, TreeMap<String, String>> declared,
      TreeMap<TableId, TreeSet<String>> leftOut) {
    this.tables = tables;
    this.declared = declared;
    this.leftOut = leftOut;
  }

  /** No table: enough where every event brings its schema. */
  public static SourceCatalog empty() {
    return new SourceCatalog(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  public static SourceCatalog of(Collection<TableSchema> tables) {
    SourceCatalog catalog = empty();
    tables.forEach(table -> catalog.tables.put(table.id(), table));
    return catalog;
  }

  public static SourceCatalog of(Map<TableId, TableSchema> tables) {
    return of(tables.values());
  }

  /**
   * The same, with the declared types of a table's columns.
   *
   * @param types MySQL's {@code COLUMN_TYPE} by column name: {@code bit(12)}
   */
  public SourceCatalog withDeclaredTypes(TableId table, Map<String, String> types) {
    TreeMap<TableId, TreeMap<String, String>> all = new TreeMap<>(declared);
    all.put(table, new TreeMap<>(types));
    return new SourceCatalog(tables, all, leftOut);
  }

  /** The same; columns that the database has and nobody wants are passed over in events. */
  public SourceCatalog withoutColumns(TableId table, Collection<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    TreeMap<TableId, TreeSet<String>> all = new TreeMap<>(leftOut);
    all.put(table, new TreeSet<>(names));
    return new SourceCatalog(tables, declared, all);
  }

  /** Columns of events that are passed over. */
  public Set<String> leftOut(TableId table) {
    return Collections.unmodifiableSet(leftOut.getOrDefault(table, new TreeSet<>()));
  }

  /** The table, or null if the catalogue does not have it. */
  public TableSchema find(TableId table) {
    return tables.get(table);
  }

  /** MySQL's words for a column's type, or null where they were not given. */
  public String declaredType(TableId table, String column) {
    TreeMap<String, String> types = declared.get(table);
    return types == null ? null : types.get(column);
  }

  /** By source and name. */
  public Collection<TableSchema> tables() {
    return List.copyOf(tables.values());
  }

  /** One line of JSON, the same for equal catalogues: what a batch plan keeps. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode array = root.putArray("tables");
    for (TableSchema table : tables.values()) {
      ObjectNode node = array.addObject();
      node.put("source", table.id().source());
      node.put("table", table.id().table());
      ArrayNode columns = node.putArray("columns");
      for (Column column : table.columns().columns()) {
        ObjectNode c = columns.addObject();
        c.put("name", column.name());
        c.put("type", column.type().toString());
        c.put("nullable", column.nullable());
        String words = declaredType(table.id(), column.name());
        if (words != null) {
          c.put("declared", words);
        }
      }
      ArrayNode key = node.putArray("key");
      table.key().forEach(key::add);
      if (leftOut.containsKey(table.id())) {
        leftOut.get(table.id()).forEach(node.putArray("leftOut")::add);
      }
    }
    return root.toString();
  }

  /**
   * The inverse of {@link #toJson}.
   *
   * @throws IllegalArgumentException if the text is no catalogue
   */
  public static SourceCatalog fromJson(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("no catalogue: " + e.getMessage(), e);
    }
    List<TableSchema> tables = new ArrayList<>();
    Map<TableId, Map<String, String>> declared = new HashMap<>();
    Map<TableId, List<String>> leftOut = new HashMap<>();
    for (JsonNode node : root.path("tables")) {
      TableId id = new TableId(node.path("source").asText(), node.path("table").asText());
      List<Column> columns = new ArrayList<>();
      Map<String, String> words = new HashMap<>();
      for (JsonNode c : node.path("columns")) {
        String name = c.path("name").asText();
        ColumnType type = ColumnType.parse(c.path("type").asText());
        columns.add(new Column(name, type, c.path("nullable").asBoolean()));
        if (c.has("declared")) {
          words.put(name, c.path("declared").asText());
        }
      }
      List<String> key = new ArrayList<>();
      node.path("key").forEach(k -> key.add(k.asText()));
      tables.add(new TableSchema(id, RowSchema.of(columns), key));
      declared.put(id, words);
      node.path("leftOut")
          .forEach(name -> leftOut.computeIfAbsent(id, i -> new ArrayList<>()).add(name.asText()));
    }
    SourceCatalog catalog = of(tables);
    for (Map.Entry<TableId, Map<String, String>> entry : declared.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        catalog = catalog.withDeclaredTypes(entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<TableId, List<String>> entry : leftOut.entrySet()) {
      catalog = catalog.withoutColumns(entry.getKey(), entry.getValue());
    }
    return catalog;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceCatalog that
        && tables.equals(that.tables)
        && declared.equals(that.declared)
        && leftOut.equals(that.leftOut);
  }

  @Override
  public int hashCode() {
    return (tables.hashCode() * 31 + declared.hashCode()) * 31 + leftOut.hashCode();
  }

  @Override
  public String toString() {
    return "catalogue of " + tables.size() + " tables";
  }
}
