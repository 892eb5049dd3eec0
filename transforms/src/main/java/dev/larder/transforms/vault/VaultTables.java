package dev.larder.transforms.vault;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.transforms.model.ModelCheck;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tables that a model asks for, with columns of the types that the sources have now. What the
 * lake does not have is created from {@link #specs}; what is loaded follows them.
 */
public final class VaultTables implements Serializable {
  private static final long serialVersionUID = 1L;

  private final VaultModel model;
  private final Map<TableId, TableSchema> catalogue;
  private final Map<String, VaultTable> tables;
  private final TreeMap<String, Satellite.Late> late;

  private VaultTables(
      VaultModel model, Map<TableId, TableSchema> catalogue, Map<String, VaultTable> tables) {
    this.model = model;
    this.catalogue = catalogue;
    this.tables = Collections.unmodifiableMap(tables);
    this.late = late(model);
  }

  /**
   * @param catalogue the sources' tables, of which all that the model names are there
   * @param buckets for each table, see {@link TableSpec#buckets}
   * @throws UserException if the model does not fit the catalogue, with every mistake
   */
  public static VaultTables of(VaultModel model, Map<TableId, TableSchema> catalogue, int buckets) {
    ModelCheck.check(model, catalogue).orThrow();
    Map<TableId, TableSchema> used = new LinkedHashMap<>();
    model.tables().keySet().forEach(id -> used.put(id, model.keyed(catalogue.get(id))));
    TableSpecs specs = new TableSpecs(model, used, buckets);
    Map<String, VaultTable> tables = new LinkedHashMap<>();
    model.hubs().values().forEach(hub -> put(tables, specs.hub(hub)));
    model.links().values().forEach(link -> put(tables, specs.link(link)));
    for (SourceTable table : model.tables().values()) {
      parents(model, table).forEach(parent -> put(tables, specs.status(parent, table)));
      table.satellites().forEach(satellite -> put(tables, specs.satellite(satellite, table)));
      table.histories().forEach(history -> put(tables, specs.history(history, table)));
      if (table.reference() != null) {
        put(tables, specs.reference(table.reference(), table));
      }
    }
    return new VaultTables(model, used, tables);
  }

  private static void put(Map<String, VaultTable> tables, VaultTable table) {
    if (tables.put(table.name(), table) != null) {
      throw new UserException(
          "The model asks for two vault tables of the name "
              + table.name()
              + ". Rename the source, hub or link that is part of it.");
    }
  }

  /**
   * What has a status: all links of the table unless the model ignores deletes, and hubs and links
   * with a satellite from it that has one version of a key at a time: a row, or a set of them. A
   * set that becomes empty has no row that could say so.
   */
  static List<String> parents(VaultModel model, SourceTable table) {
    return Stream.concat(
            table.satellites().stream()
                .filter(Satellite::hasVersionsOfKeys)
                .filter(satellite -> satellite.deletes() != Satellite.Deletes.IGNORE)
                .map(Satellite::parent),
            table.links().stream()
                .filter(link -> model.tracksLinks())
                .map(SourceTable.LinkMapping::link))
        .distinct()
        .toList();
  }

  public VaultModel model() {
    return model;
  }

  /** The source tables of the model with the keys that hold for them. */
  public Collection<TableSchema> sources() {
    return catalogue.values();
  }

  TableSchema source(TableId id) {
    return catalogue.get(id);
  }

  Map<TableId, TableSchema> catalogue() {
    return catalogue;
  }

  /** All tables: hubs, links, then what each source table feeds. */
  public List<VaultTable> tables() {
    return List.copyOf(tables.values());
  }

  /** What becomes of late rows of a table of the vault. */
  Satellite.Late late(String table) {
    return late.getOrDefault(table, Satellite.Late.INSERT);
  }

  /** The tables that do not take late rows. */
  List<String> judged() {
    return List.copyOf(late.keySet());
  }

  /** By satellite; of kinds that are ordered otherwise than by versions of a key all take them. */
  private static TreeMap<String, Satellite.Late> late(VaultModel model) {
    TreeMap<String, Satellite.Late> late = new TreeMap<>();
    for (Satellite satellite : model.satellites().values()) {
      if (satellite.kind().hasPayload()
          && !satellite.isOfSets()
          && satellite.late() != Satellite.Late.INSERT) {
        late.put(VaultNames.satellite(satellite), satellite.late());
      }
    }
    return late;
  }

  /** What a sink needs to create and to load the tables. */
  public List<TableSpec> specs() {
    List<TableSpec> specs = new ArrayList<>();
    tables.values().forEach(table -> specs.add(table.spec()));
    return specs;
  }

  /**
   * @param name the table's path below the lake: {@code vault/hub_order}
   * @throws IllegalArgumentException if the vault has no such table
   */
  public VaultTable table(String name) {
    VaultTable table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("the vault has no table " + name);
    }
    return table;
  }
}
