package dev.larder.transforms.model;

import dev.larder.io.changes.SecretRef;
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
 * @param maskSecret where the key is found with which masked columns are hashed, or null
 * @param business satellites that SQL computes
 * @param places where in the files each element stands
 */
public record VaultModel(
    String name,
    Hashing hashing,
    long openEnd,
    Defaults defaults,
    SecretRef maskSecret,
    Map<String, Source> sources,
    Map<String, Hub> hubs,
    Map<String, Link> links,
    Map<TableId, SourceTable> tables,
    Map<String, Snapshot> snapshots,
    Map<String, Pit> pits,
    Map<String, Bridge> bridges,
    Map<String, BusinessSatellite> business,
    Map<String, Mart> marts,
    ModelPlaces places)
    implements Serializable {

  public VaultModel {
    Objects.requireNonNull(name, "name");
    sources = ordered(sources);
    hubs = ordered(hubs);
    links = ordered(links);
    tables = ordered(tables);
    snapshots = ordered(snapshots);
    pits = ordered(pits);
    bridges = ordered(bridges);
    business = ordered(business);
    marts = ordered(marts);
  }

  private static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * Whether links have a status: not if, unless a satellite says otherwise, deletes are ignored.
   */
  public boolean tracksLinks() {
    return defaults.deletes() != Satellite.Deletes.IGNORE;
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

  /**
   * @throws IllegalArgumentException if the model has no such snapshot
   */
  public Snapshot snapshot(String snapshot) {
    return found(snapshots.get(snapshot), "snapshot", snapshot);
  }

  /** All satellites by name, whichever table feeds them. */
  public Map<String, Satellite> satellites() {
    return TablesReader.satellites(tables);
  }

  /** The tables of one source, in the file's order. */
  public List<TableId> tablesOf(String source) {
    return tables.keySet().stream().filter(id -> id.source().equals(source)).toList();
  }

  /**
   * A schema with the key that the model declares for its table, where it declares one, and with
   * the columns that it reads. Connectors need the key to tell rows apart. The key of a reference
   * table counts where there is no other.
   */
  public TableSchema keyed(TableSchema schema) {
    SourceTable table = tables.get(schema.id());
    if (table == null) {
      return schema;
    }
    List<String> key = table.declaredKey();
    if (schema.key().isEmpty() && table.reference() != null) {
      key = table.reference().keyColumns();
    }
    TableSchema keyed =
        key.isEmpty() || !schema.columns().names().containsAll(key)
            ? schema
            : new TableSchema(schema.id(), schema.columns(), key);
    return table.reading().of(keyed);
  }
}
