package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of a link's table besides its keys, which several source tables may feed. */
public final class LinkColumns {

  /** A payload column as one source table feeds it. */
  public record Payload(String name, String column, ColumnType type, TableId table) {}

  private LinkColumns() {}

  /** What one table feeds: its columns, then the time at which the event happened. */
  public static List<Payload> payload(
      SourceTable table, SourceTable.LinkMapping mapping, Map<TableId, TableSchema> catalogue) {
    TableSchema schema = catalogue.get(table.id());
    List<Payload> payload = new ArrayList<>();
    List<ColumnChoice.Taken> taken =
        new ArrayList<>(mapping.columns().resolve(schema.columns(), table.keyColumns()));
    boolean isAppliedTaken =
        taken.stream().anyMatch(column -> column.name().equals(mapping.applied()));
    if (mapping.applied() != null && !isAppliedTaken) {
      taken.add(new ColumnChoice.Taken(mapping.applied(), mapping.applied()));
    }
    for (ColumnChoice.Taken column : taken) {
      ColumnType type = schema.columns().column(schema.columns().position(column.column())).type();
      payload.add(new Payload(column.name(), column.column(), type, table.id()));
    }
    return payload;
  }

  /** All payload columns of a link by name, in the model's order. */
  public static Map<String, Payload> ofLink(
      VaultModel model, Map<TableId, TableSchema> catalogue, String link) {
    Map<String, Payload> all = new LinkedHashMap<>();
    for (SourceTable table : model.tables().values()) {
      for (SourceTable.LinkMapping mapping : table.links()) {
        if (mapping.link().equals(link)) {
          payload(table, mapping, catalogue)
              .forEach(column -> all.putIfAbsent(column.name(), column));
        }
      }
    }
    return all;
  }

  static Optional<Payload> conflict(
      VaultModel model, Map<TableId, TableSchema> catalogue, String link, Payload column) {
    return Optional.of(ofLink(model, catalogue, link).get(column.name()))
        .filter(first -> !first.type().equals(column.type()));
  }

  /**
   * The type of a child key: the source column's if every table maps a column of one type, else
   * text.
   */
  public static ColumnType childType(
      VaultModel model, Map<TableId, TableSchema> catalogue, Link link, int position) {
    ColumnType type = null;
    for (SourceTable table : model.tables().values()) {
      for (SourceTable.LinkMapping mapping : table.links()) {
        if (mapping.link().equals(link.name())) {
          ColumnType here = type(mapping.child().get(position), catalogue.get(table.id()));
          if (type != null && !type.equals(here)) {
            return ColumnType.STRING;
          }
          type = here;
        }
      }
    }
    return type == null ? ColumnType.STRING : type;
  }

  private static ColumnType type(KeyExpression expression, TableSchema table) {
    return expression instanceof KeyExpression.Name name
        ? table.columns().column(table.columns().position(name.column())).type()
        : ColumnType.STRING;
  }
}
