package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.error.LogErrors;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The metaData action of a log. What we do not know of it is kept when it is written again.
 * Immutable; columns are understood when they are first asked for.
 */
final class TableMetadata {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode action;
  private final List<String> partitionColumns;
  private final Map<String, String> properties;
  private StructType columns;
  private RowSchema schema;

  TableMetadata(ObjectNode action) {
    this.action = action;
    List<String> partitioned = new ArrayList<>();
    action.path("partitionColumns").forEach(column -> partitioned.add(column.asText()));
    this.partitionColumns = List.copyOf(partitioned);
    this.properties = Map.copyOf(texts(action.path("configuration")));
  }

  /** The metadata of a new table. */
  static TableMetadata create(
      StructType columns,
      List<String> partitionColumns,
      Map<String, String> properties,
      long createdAt) {
    ObjectNode action = JSON.createObjectNode();
    action.put("id", UUID.randomUUID().toString());
    action.putObject("format").put("provider", "parquet").putObject("options");
    action.put("schemaString", columns.toJson());
    partitionColumns.forEach(action.putArray("partitionColumns")::add);
    new java.util.TreeMap<>(properties).forEach(action.putObject("configuration")::put);
    action.put("createdTime", createdAt);
    return new TableMetadata(action);
  }

  /** This with other columns. */
  TableMetadata with(StructType newColumns, List<String> newPartitionColumns) {
    ObjectNode copy = action.deepCopy();
    copy.put("schemaString", newColumns.toJson());
    copy.remove("partitionColumns");
    newPartitionColumns.forEach(copy.putArray("partitionColumns")::add);
    return new TableMetadata(copy);
  }

  /** This with more properties, or others of the same names. */
  TableMetadata withProperties(Map<String, String> changed) {
    ObjectNode copy = action.deepCopy();
    new java.util.TreeMap<>(changed).forEach(copy.withObject("/configuration")::put);
    return new TableMetadata(copy);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getValue().isNull()) {
                texts.put(field.getKey(), field.getValue().asText());
              }
            });
    return texts;
  }

  ObjectNode action() {
    return action;
  }

  List<String> partitionColumns() {
    return partitionColumns;
  }

  Map<String, String> properties() {
    return properties;
  }

  /**
   * @param path for messages
   */
  synchronized StructType columns(String path) {
    if (columns == null) {
      String provider = action.path("format").path("provider").asText("parquet");
      if (!provider.equals("parquet")) {
        throw DeltaErrors.unsupportedFeature(
            path, "files of format " + provider, "Copy it into a table of Parquet files.");
      }
      String text = action.path("schemaString").asText("");
      try {
        columns = text.isEmpty() ? new StructType() : (StructType) DataType.fromJson(text);
      } catch (RuntimeException e) {
        throw LogErrors.unknownColumns(path, ColumnFeatures.unknownType(text), e);
      }
    }
    return columns;
  }

  /**
   * @param path for messages
   */
  synchronized RowSchema schema(String path) {
    if (schema == null) {
      schema = DeltaTypes.fromDelta(path, columns(path));
    }
    return schema;
  }

  /**
   * Whether rows written for {@code before} still fit: columns and their types are all there, and
   * the table is divided as it was.
   */
  boolean onlyAddsTo(TableMetadata before, String path) {
    return partitionColumns.equals(before.partitionColumns)
        && ours(properties).equals(ours(before.properties))
        && ColumnFeatures.onlyAdds(before.columns(path), columns(path));
  }

  private static Map<String, String> ours(Map<String, String> properties) {
    Map<String, String> ours = new LinkedHashMap<>(properties);
    ours.keySet().removeIf(name -> !name.startsWith("larder."));
    return ours;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableMetadata metadata && action.equals(metadata.action);
  }

  @Override
  public int hashCode() {
    return action.hashCode();
  }
}
