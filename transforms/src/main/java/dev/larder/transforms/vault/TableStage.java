package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import java.util.ArrayList;
import java.util.List;

/** Stages the changes of one source table, with its columns resolved once. Not for two threads. */
final class TableStage {
  private final SourceTable table;
  private final String recordSource;
  private final KeyStage keys;
  private final List<HubStage> hubs = new ArrayList<>();
  private final List<LinkStage> links = new ArrayList<>();
  private final List<SatelliteStage> satellites = new ArrayList<>();
  private final List<StatusStage> statuses = new ArrayList<>();
  private final List<HistoryStage> histories = new ArrayList<>();

  /** What is to be said if a hub's key is absent; null where that is as it should be. */
  private final String[] absentKeyReasons;

  /**
   * @param schema the table as the records have it
   * @throws IllegalArgumentException if the schema lacks a column that a key needs
   */
  TableStage(VaultTables tables, TableSchema schema) {
    VaultModel model = tables.model();
    RowSchema columns = schema.columns();
    RowSchema vault = tables.source(schema.id()).columns();
    this.table = model.table(schema.id());
    this.recordSource = model.source(schema.id().source()).recordSource();
    this.keys = new KeyStage(model, table, columns);
    this.absentKeyReasons = new String[table.hubs().size()];
    for (int i = 0; i < table.hubs().size(); i++) {
      HubMapping hub = table.hubs().get(i);
      hubs.add(new HubStage(tables.table(VaultNames.hub(hub.hub())), i));
      absentKeyReasons[i] = absentKeyReason(model, hub);
    }
    for (SourceTable.LinkMapping mapping : table.links()) {
      Link link = model.link(mapping.link());
      VaultTable target = tables.table(VaultNames.link(link.name()));
      links.add(new LinkStage(tables, target, table, link, columns));
    }
    for (Satellite satellite : table.satellites()) {
      satellites.add(
          new SatelliteStage(
              tables.table(VaultNames.satellite(satellite.name())),
              satellite,
              SatelliteStage.tracked(satellite, table, vault),
              keys.parent(satellite.parent()),
              model.hashing().algorithm(),
              columns));
    }
    for (String parent : VaultTables.parents(model, table)) {
      VaultTable target = tables.table(VaultNames.status(parent, table.id()));
      statuses.add(new StatusStage(target, keys.parent(parent)));
    }
    for (SourceTable.History history : table.histories()) {
      VaultTable target = tables.table(VaultNames.history(history.name()));
      histories.add(new HistoryStage(target, history, vault, columns));
    }
  }

  private String absentKeyReason(VaultModel model, HubMapping hub) {
    if (hub.whenNull() == SourceTable.WhenNull.REJECT) {
      return VaultErrors.noBusinessKey(table.id(), hub.hub(), model.hub(hub.hub()).key());
    }
    if (hub.whenNull() == SourceTable.WhenNull.SKIP) {
      return null;
    }
    List<String> described =
        table.satellites().stream()
            .filter(satellite -> satellite.parent().equals(hub.hub()))
            .map(Satellite::name)
            .toList();
    return described.isEmpty()
        ? null
        : VaultErrors.payloadWithoutKey(table.id(), hub.hub(), described);
  }

  void stage(ChangeRecord record, StagedRows out) {
    Stamp stamp = Stamp.of(record, recordSource);
    Object[] before = record.before();
    Object[] after = record.after();
    RowKeys now = after == null ? null : keys.keys(after);
    boolean keysChange = before != null && (after == null || !keys.sameKeys(before, after));
    RowKeys old = keysChange ? keys.keys(before) : null;
    if (after != null) {
      hubs.forEach(hub -> hub.stage(now, stamp, out));
      links.forEach(link -> link.stage(after, now, stamp, out));
      satellites.forEach(satellite -> satellite.stage(after, now, stamp, out));
    }
    statuses.forEach(status -> status.stage(old, now, stamp, out));
    histories.forEach(history -> history.stage(before, after, stamp, out));
    if (now != null) {
      reject(now, out);
    }
  }

  private void reject(RowKeys now, StagedRows out) {
    StringBuilder reasons = null;
    for (int i = 0; i < absentKeyReasons.length; i++) {
      if (now.hubAbsent[i] && absentKeyReasons[i] != null) {
        reasons = reasons == null ? new StringBuilder() : reasons.append(' ');
        reasons.append(absentKeyReasons[i]);
      }
    }
    if (reasons != null) {
      out.reject(reasons.toString());
    }
  }
}
