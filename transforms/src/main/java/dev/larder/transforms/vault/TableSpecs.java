package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.LinkColumns;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.History;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.VaultTable.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Derives each table of a vault from the model and the sources' columns. */
final class TableSpecs {
  private static final List<Column> TECHNICAL =
      List.of(
          Column.required(VaultNames.LOADED_AT, ColumnType.TIMESTAMP),
          Column.required(VaultNames.SEQUENCE, ColumnType.STRING),
          Column.required(VaultNames.RECORD_SOURCE, ColumnType.STRING));

  private final VaultModel model;
  private final Map<TableId, TableSchema> catalogue;
  private final int buckets;

  TableSpecs(VaultModel model, Map<TableId, TableSchema> catalogue, int buckets) {
    this.model = model;
    this.catalogue = catalogue;
    this.buckets = buckets;
  }

  VaultTable hub(Hub hub) {
    List<Column> columns = new ArrayList<>();
    columns.add(hashKey(hub.name()));
    hub.key().forEach(part -> columns.add(Column.nullable(part, ColumnType.STRING)));
    columns.addAll(TECHNICAL);
    List<String> key = List.of(VaultNames.hashKey(hub.name()));
    return table(
        VaultNames.hub(hub.name()),
        Structure.HUB,
        columns,
        new LoadRule.InsertIfAbsent(key),
        hub.key(),
        hub.key(),
        "");
  }

  VaultTable link(Link link) {
    List<Column> columns = new ArrayList<>();
    columns.add(hashKey(link.name()));
    link.hubs().forEach(hub -> columns.add(hashKey(hub)));
    for (int i = 0; i < link.child().size(); i++) {
      ColumnType type = LinkColumns.childType(model, catalogue, link, i);
      columns.add(Column.nullable(link.child().get(i), type));
    }
    List<String> payload = new ArrayList<>(names(columns.subList(1, columns.size())));
    columns.addAll(TECHNICAL);
    for (LinkColumns.Payload column : LinkColumns.ofLink(model, catalogue, link.name()).values()) {
      columns.add(Column.nullable(column.name(), column.type()));
      payload.add(column.name());
    }
    boolean isTransaction = link.kind() == Link.Kind.TRANSACTION;
    LoadRule rule =
        isTransaction && isAppended(link)
            ? new LoadRule.Append()
            : new LoadRule.InsertIfAbsent(List.of(VaultNames.hashKey(link.name())));
    List<String> inputs = new ArrayList<>();
    link.hubs().forEach(hub -> model.hub(hub).key().forEach(part -> inputs.add(hub + "." + part)));
    inputs.addAll(link.child());
    return table(
        VaultNames.link(link.name()),
        isTransaction ? Structure.TRANSACTION : Structure.LINK,
        columns,
        rule,
        payload,
        inputs,
        "");
  }

  /** A table that several sources load is appended to only if all of them say so. */
  private boolean isAppended(Link link) {
    return model.tables().values().stream()
        .filter(table -> table.links().stream().anyMatch(m -> m.link().equals(link.name())))
        .allMatch(table -> table.load() == SourceTable.Load.APPEND);
  }

  VaultTable status(String parent, SourceTable table) {
    List<Column> columns = new ArrayList<>();
    columns.add(hashKey(parent));
    columns.add(Column.required(VaultNames.STATUS, ColumnType.STRING));
    columns.addAll(TECHNICAL);
    return table(
        VaultNames.status(parent, table.id()),
        Structure.STATUS,
        columns,
        new LoadRule.InsertIfChanged(
            List.of(VaultNames.hashKey(parent)), VaultNames.SEQUENCE, List.of(VaultNames.STATUS)),
        List.of(),
        List.of(),
        "");
  }

  VaultTable satellite(Satellite satellite, SourceTable table) {
    RowSchema source = catalogue.get(table.id()).columns();
    List<Column> columns = new ArrayList<>();
    columns.add(hashKey(satellite.parent()));
    columns.add(Column.required(VaultNames.HASH_DIFF, ColumnType.BINARY));
    columns.addAll(TECHNICAL);
    List<String> payload = new ArrayList<>();
    for (Taken taken : SatelliteStage.tracked(satellite, table, source)) {
      columns.add(column(taken, source));
      payload.add(taken.name());
    }
    for (String untracked : satellite.untracked()) {
      columns.add(column(new Taken(untracked, untracked), source));
    }
    return table(
        VaultNames.satellite(satellite.name()),
        Structure.SATELLITE,
        columns,
        new LoadRule.InsertIfChanged(
            List.of(VaultNames.hashKey(satellite.parent())),
            VaultNames.SEQUENCE,
            List.of(VaultNames.HASH_DIFF)),
        payload,
        payload,
        VaultNames.status(satellite.parent(), table.id()));
  }

  VaultTable history(History history, SourceTable table) {
    RowSchema source = catalogue.get(table.id()).columns();
    List<Column> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    for (Taken taken : HistoryStage.key(history, source)) {
      columns.add(
          Column.required(taken.name(), source.column(source.position(taken.column())).type()));
      key.add(taken.name());
    }
    List<String> payload = new ArrayList<>();
    for (Taken taken : HistoryStage.tracked(history, source)) {
      columns.add(column(taken, source));
      payload.add(taken.name());
    }
    columns.add(Column.required(VaultNames.CURRENT, ColumnType.BOOLEAN));
    columns.add(Column.required(VaultNames.EFFECTIVE_FROM, ColumnType.TIMESTAMP));
    columns.add(Column.required(VaultNames.EFFECTIVE_TO, ColumnType.TIMESTAMP));
    LoadRule rule =
        new LoadRule.Scd2(
            key,
            payload,
            VaultNames.EFFECTIVE_FROM,
            VaultNames.EFFECTIVE_TO,
            VaultNames.CURRENT,
            model.openEnd());
    TableSpec spec =
        new TableSpec(
            VaultNames.history(history.name()),
            RowSchema.of(columns),
            rule,
            buckets,
            properties(Structure.HISTORY, List.of()));
    return new VaultTable(spec, Structure.HISTORY, key, payload, "");
  }

  private VaultTable table(
      String name,
      Structure structure,
      List<Column> columns,
      LoadRule rule,
      List<String> payload,
      List<String> hashed,
      String status) {
    TableSpec spec =
        new TableSpec(name, RowSchema.of(columns), rule, buckets, properties(structure, hashed));
    return new VaultTable(spec, structure, List.of(columns.get(0).name()), payload, status);
  }

  private Map<String, String> properties(Structure structure, List<String> hashed) {
    return Map.of(
        "larder.model", model.name(),
        "larder.structure", structure.name().toLowerCase(Locale.ROOT),
        "larder.hash.profile", model.hashing().profile().id(),
        "larder.hash.algorithm", model.hashing().algorithm().id(),
        "larder.hash.columns", String.join(",", hashed));
  }

  private static Column hashKey(String parent) {
    return Column.required(VaultNames.hashKey(parent), ColumnType.BINARY);
  }

  private static Column column(Taken taken, RowSchema source) {
    return Column.nullable(taken.name(), source.column(source.position(taken.column())).type());
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
