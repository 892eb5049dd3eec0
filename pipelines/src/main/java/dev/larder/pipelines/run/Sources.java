package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.Catalogue;
import dev.larder.io.jdbc.Connections;
import dev.larder.io.jdbc.RangePlanner;
import dev.larder.io.jdbc.Source;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.pipelines.options.TablesOptions;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The databases of a model, as the options say where they are. */
public final class Sources {
  private final VaultModel model;
  private final Map<String, Source> sources;

  private Sources(VaultModel model, Map<String, Source> sources) {
    this.model = model;
    this.sources = sources;
  }

  /**
   * @param options texts of {@code --source}; null for none
   * @throws UserException if a source of the model is not given, or one is given that it lacks
   */
  public static Sources of(VaultModel model, List<String> options) {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (String option : options == null ? List.<String>of() : options) {
      Source source = Source.parse(option);
      if (!model.sources().containsKey(source.name())) {
        throw new UserException(
            String.format(
                "--source=%s=...: the model has no source \"%s\". Its sources: %s.",
                source.name(), source.name(), String.join(", ", model.sources().keySet())));
      }
      sources.put(source.name(), source);
    }
    for (String name : model.sources().keySet()) {
      if (!sources.containsKey(name)) {
        throw new UserException(
            String.format(
                "Where is source \"%s\" of the model? Give"
                    + " --source=%s=mysql://USER@HOST:3306/%s?password=env:NAME",
                name, name, model.source(name).database()));
      }
    }
    return new Sources(model, sources);
  }

  public Collection<Source> all() {
    return sources.values();
  }

  public VaultModel model() {
    return model;
  }

  /** The model's tables as the databases have them now, with the keys that the model declares. */
  public Map<TableId, TableSchema> catalogue() {
    Map<TableId, TableSchema> tables = new LinkedHashMap<>();
    eachCatalogue((source, catalogue) -> tables.putAll(catalogue.tables()));
    tables.replaceAll((id, schema) -> model.keyed(schema));
    return tables;
  }

  /** The same for decoding events, which may bring columns that the model does not read. */
  public SourceCatalog eventCatalogue() {
    Map<TableId, TableSchema> tables = new LinkedHashMap<>();
    Map<TableId, Map<String, String>> declared = new LinkedHashMap<>();
    Map<TableId, List<String>> unread = new LinkedHashMap<>();
    eachCatalogue(
        (source, catalogue) -> {
          for (TableSchema table : catalogue.tables().values()) {
            tables.put(table.id(), model.keyed(table));
            declared.put(table.id(), catalogue.declaredTypes(table.id()));
            unread.put(table.id(), unread(table));
          }
        });
    SourceCatalog events = SourceCatalog.of(tables);
    for (TableId table : tables.keySet()) {
      events =
          events
              .withDeclaredTypes(table, declared.get(table))
              .withoutColumns(table, unread.get(table));
    }
    return events;
  }

  /** The columns of a table, as the database has it, that the model does not read. */
  private List<String> unread(TableSchema table) {
    List<String> names = new ArrayList<>(table.columns().names());
    names.removeAll(model.keyed(table).columns().names());
    return names;
  }

  /** Where each source's binlog stands now. */
  public Map<String, BinlogPosition> positions() {
    return positions(BinlogPosition::current);
  }

  /**
   * Where each source's binlog stands now, as a snapshot or a connector may begin there: what lies
   * before can be seen in the tables.
   */
  public Map<String, BinlogPosition> settledPositions() {
    return positions(BinlogPosition::settled);
  }

  /** The time of each source now, for a full read that is joined to no log. */
  public Map<String, BinlogPosition> positionsWithoutLog(long number) {
    return positions((source, connection) -> BinlogPosition.withoutLog(source, connection, number));
  }

  private Map<String, BinlogPosition> positions(
      BiFunction<Source, Connection, BinlogPosition> position) {
    Map<String, BinlogPosition> positions = new LinkedHashMap<>();
    for (Source source : sources.values()) {
      try (Connection connection = Connections.open(source)) {
        positions.put(source.name(), position.apply(source, connection));
      } catch (SQLException e) {
        throw new IllegalStateException("closing a connection to " + source.address(), e);
      }
    }
    return positions;
  }

  /**
   * Cuts tables into ranges.
   *
   * @param positions P0 of each source, recorded before this call
   */
  public List<TablePlan> plan(
      Collection<TableId> tables, Map<String, BinlogPosition> positions, RangePlanner planner) {
    List<TablePlan> plans = new ArrayList<>();
    RangePlanner filtering = planner.withFilters(filters());
    for (Source source : sources.values()) {
      List<TableId> ofSource =
          tables.stream().filter(table -> table.source().equals(source.name())).toList();
      if (ofSource.isEmpty()) {
        continue;
      }
      try (Connection connection = Connections.open(source)) {
        Catalogue catalogue =
            Catalogue.read(source, connection, ofSource.stream().map(TableId::table).toList());
        for (TableId table : ofSource) {
          plans.add(
              filtering.plan(
                  catalogue,
                  connection,
                  model.keyed(catalogue.table(table.table())),
                  positions.get(source.name())));
        }
      } catch (SQLException e) {
        throw new IllegalStateException("closing a connection to " + source.address(), e);
      }
    }
    return plans;
  }

  private Map<TableId, String> filters() {
    Map<TableId, String> filters = new LinkedHashMap<>();
    for (SourceTable table : model.tables().values()) {
      table.reading().condition().ifPresent(where -> filters.put(table.id(), where));
    }
    return filters;
  }

  /** Columns of a source's tables that the model does not read, by table. */
  Map<String, List<String>> unreadColumns(Source source) {
    Map<String, List<String>> unread = new LinkedHashMap<>();
    eachCatalogue(
        (each, catalogue) -> {
          if (each.equals(source)) {
            for (TableSchema table : catalogue.tables().values()) {
              unread.put(table.id().table(), unread(table));
            }
          }
        });
    return unread;
  }

  /** The model's tables, or those that were asked for. */
  public static List<TableId> tables(VaultModel model, TablesOptions options) {
    return TablePatterns.choose(model.tables().keySet(), options.getTables(), options.getExclude());
  }

  private interface CatalogueUse {
    void take(Source source, Catalogue catalogue);
  }

  private void eachCatalogue(CatalogueUse use) {
    for (Source source : sources.values()) {
      List<String> names = model.tablesOf(source.name()).stream().map(TableId::table).toList();
      try (Connection connection = Connections.open(source)) {
        use.take(source, Catalogue.read(source, connection, names));
      } catch (SQLException e) {
        throw new IllegalStateException("closing a connection to " + source.address(), e);
      }
    }
  }
}
