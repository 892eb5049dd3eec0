package dev.larder.io.changes;

import java.io.Serializable;
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
 */
public record TableSpec(
    String name, RowSchema schema, LoadRule rule, int buckets, Map<String, String> properties)
    implements Serializable {

  public TableSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(rule, "rule");
    if (buckets < 1 || buckets > 256) {
      throw new IllegalArgumentException(name + ": " + buckets + " buckets, allowed are 1 to 256");
    }
    properties = Map.copyOf(properties);
  }
}
