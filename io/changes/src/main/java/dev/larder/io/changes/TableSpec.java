package dev.larder.io.changes;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A table of the lake and how rows are loaded into it.
 *
 * @param name the table's path below the lake, with forward slashes: {@code vault/hub_order}
 * @param schema columns at creation; rows may bring a subset
 * @param buckets into how many parts the keys are divided; merges of different buckets run side by
 *     side. Fixed at creation.
 * @param properties kept in the table's own properties, for example the hash profile
 * @param partitionedBy columns whose values divide the table into folders; only a table that is
 *     appended to may be partitioned. Fixed at creation.
 */
public record TableSpec(
    String name,
    RowSchema schema,
    LoadRule rule,
    int buckets,
    Map<String, String> properties,
    List<String> partitionedBy)
    implements Serializable {

  public TableSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(rule, "rule");
    if (buckets < 1 || buckets > 256) {
      throw new IllegalArgumentException(name + ": " + buckets + " buckets, allowed are 1 to 256");
    }
    properties = Map.copyOf(properties);
    partitionedBy = List.copyOf(partitionedBy);
    if (!partitionedBy.isEmpty() && !(rule instanceof LoadRule.Append)) {
      throw new IllegalArgumentException(
          name
              + ": a table loaded by "
              + rule.getClass().getSimpleName()
              + " cannot be partitioned by "
              + partitionedBy
              + ". Its keys are divided into buckets; only Append knows partitions.");
    }
    requireColumns(name, schema, partitionedBy);
  }

  /** Without partitions. */
  public TableSpec(
      String name, RowSchema schema, LoadRule rule, int buckets, Map<String, String> properties) {
    this(name, schema, rule, buckets, properties, List.of());
  }

  /** This table, divided into folders by the values of these columns. */
  public TableSpec withPartitions(String... columns) {
    return new TableSpec(name, schema, rule, buckets, properties, List.of(columns));
  }

  private static void requireColumns(String name, RowSchema schema, List<String> partitionedBy) {
    for (String column : partitionedBy) {
      int position = schema.find(column);
      if (position < 0) {
        throw new IllegalArgumentException(
            name + ": no column " + column + " to partition by. Columns: " + schema.names());
      }
      Kind kind = schema.column(position).type().kind();
      if (kind == Kind.STRUCT || kind == Kind.BINARY) {
        throw new IllegalArgumentException(
            name
                + ": column "
                + column
                + " is "
                + schema.column(position).type()
                + ", which has no text to name a folder by. Partition by another column.");
      }
    }
    if (!partitionedBy.isEmpty() && partitionedBy.size() == schema.size()) {
      throw new IllegalArgumentException(
          name + ": every column is a partition column, no file would hold any. Leave one out.");
    }
  }
}
