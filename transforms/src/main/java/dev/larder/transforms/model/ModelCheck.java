package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a model against the tables that are really there: tables, keys, columns and types. Finds
 * all mistakes at once.
 */
public final class ModelCheck {
  private final VaultModel model;
  private final Map<TableId, TableSchema> catalogue;
  private final List<Finding> findings = new ArrayList<>();

  private ModelCheck(VaultModel model, Map<TableId, TableSchema> catalogue) {
    this.model = model;
    this.catalogue = catalogue;
  }

  /**
   * @param catalogue the tables of the model's sources; tables that the model does not name are
   *     only used to suggest
   */
  public static ValidationReport check(VaultModel model, Map<TableId, TableSchema> catalogue) {
    ModelCheck check = new ModelCheck(model, catalogue);
    model.tables().values().forEach(check::table);
    if (check.findings.isEmpty()) {
      check.sharedColumns();
      model.hubs().values().forEach(check::spellings);
    }
    return ValidationReport.of(check.findings);
  }

  private void table(SourceTable table) {
    TableId id = table.id();
    String path = "tables." + id;
    TableSchema schema = catalogue.get(id);
    if (schema == null) {
      String database = model.source(id.source()).database();
      report(path, CatalogueErrors.tableNotThere(id, database, tablesOf(id.source())));
      return;
    }
    TableSchema read = model.keyed(schema);
    if (read.key().isEmpty()) {
      report(path, CatalogueErrors.noPrimaryKey(id));
    }
    TableColumnsCheck columns = new TableColumnsCheck(table, read, this::report);
    columns.check(path, hub -> model.hub(hub).key(), link -> model.link(link).child());
  }

  private List<String> tablesOf(String source) {
    return catalogue.keySet().stream()
        .filter(id -> id.source().equals(source))
        .sorted()
        .map(TableId::table)
        .toList();
  }

  /** A transaction link's payload column that two tables feed has one type. */
  private void sharedColumns() {
    for (SourceTable table : model.tables().values()) {
      for (SourceTable.LinkMapping mapping : table.links()) {
        for (LinkColumns.Payload column : LinkColumns.payload(table, mapping, catalogue)) {
          Optional<LinkColumns.Payload> other =
              LinkColumns.conflict(model, catalogue, mapping.link(), column);
          other.ifPresent(
              there ->
                  report(
                      "tables." + table.id() + ".links." + mapping.link() + ".columns",
                      CatalogueErrors.typesDiffer(
                          column.name(), column.type(), there.type(), there.table())));
        }
      }
    }
  }

  /** Two sources that spell a key by columns of different types may split the hub. */
  private void spellings(Hub hub) {
    for (int part = 0; part < hub.key().size(); part++) {
      KeySpelling first = null;
      for (KeySpelling spelling : KeySpelling.of(model, catalogue, hub, part)) {
        if (first != null && spelling.mayDifferFrom(first)) {
          String message =
              CatalogueErrors.spellingsDiffer(hub.name(), hub.key().get(part), spelling, first);
          add(spelling.path() + "." + hub.key().get(part), message, Finding.Severity.WARNING);
        }
        first = first == null ? spelling : first;
      }
    }
  }

  private void report(String path, String message) {
    add(path, message, Finding.Severity.MISTAKE);
  }

  private void add(String path, String message, Finding.Severity severity) {
    ModelPlaces places = model.places();
    ModelPlaces.Place place = places.of(path);
    findings.add(
        new Finding(
            place.file(), place.line(), place.column(), places.nearest(path), message, severity));
  }
}
