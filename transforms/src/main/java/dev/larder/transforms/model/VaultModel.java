package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A vault as its YAML file declares it: what the business has (hubs, links) and how the tables of
 * the sources feed it. Read by {@link VaultModelReader}, which has checked all that can be known
 * without the sources; {@link ModelCheck} checks the rest. Maps keep the file's order.
 *
 * @param openEnd the end of a version that has none, microseconds since the epoch, UTC
 * @param places where in the file each element stands
 */
public record VaultModel(
    String name,
    Hashing hashing,
    long openEnd,
    Map<String, Source> sources,
    Map<String, Hub> hubs,
    Map<String, Link> links,
    Map<TableId, SourceTable> tables,
    Map<String, Mart> marts,
    ModelPlaces places)
    implements Serializable {

  public VaultModel {
    Objects.requireNonNull(name, "name");
    sources = ordered(sources);
    hubs = ordered(hubs);
    links = ordered(links);
    tables = ordered(tables);
    marts = ordered(marts);
  }

  private static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * @throws IllegalArgumentException if there is no such hub
   */
  public Hub hub(String hub) {
    return found(hubs.get(hub), "hub", hub);
  }

  /**
   * @throws IllegalArgumentException if there is no such link
   */
  public Link link(String link) {
    return found(links.get(link), "link", link);
  }

  /**
   * @throws IllegalArgumentException if the model has no such table
   */
  public SourceTable table(TableId table) {
    return found(tables.get(table), "table", table);
  }

  /**
   * @throws IllegalArgumentException if the model has no such source
   */
  public Source source(String source) {
    return found(sources.get(source), "source", source);
  }

  private static <T> T found(T value, String what, Object name) {
    if (value == null) {
      throw new IllegalArgumentException("the model has no " + what + " " + name);
    }
    return value;
  }

  /** The tables of one source, in the file's order. */
  public List<TableId> tablesOf(String source) {
    return tables.keySet().stream().filter(id -> id.source().equals(source)).toList();
  }

  /**
   * A schema with the key that the model declares for its table, where it declares one. Connectors
   * need the key to tell rows apart.
   */
  public TableSchema keyed(TableSchema schema) {
    SourceTable table = tables.get(schema.id());
    return table == null || table.declaredKey().isEmpty()
        ? schema
        : new TableSchema(schema.id(), schema.columns(), table.declaredKey());
  }
}
