package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.WhenNull;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.RowKeys.Parent;
import dev.larder.transforms.vault.Satellites.Kept;
import java.util.ArrayList;
import java.util.List;

/** Stages the changes of one source table, with its columns resolved once. Not for two threads. */
final class TableStage {
  private final VaultTables tables;
  private final VaultModel model;
  private final SourceTable table;
  private final RowSchema columns;
  private final RowSchema vault;
  private final Stamp.Of stamps;
  private final ColumnTime loadTime;
  private final KeyStage keys;
  private final List<RowStage> stages = new ArrayList<>();
  private final String only;

  /** What is to be said if a hub's key is absent; null where that is as it should be. */
  private final String[] absentKeyReasons;

  /**
   * @param schema the table as the records have it
   * @param only the one table of the vault whose rows are made; empty: all
   * @throws IllegalArgumentException if the schema lacks a column that a key needs
   */
  TableStage(VaultTables tables, TableSchema schema, String only) {
    this.tables = tables;
    this.only = only;
    this.model = tables.model();
    this.table = model.table(schema.id());
    this.columns = schema.columns();
    this.vault = tables.source(schema.id()).columns();
    this.stamps = new Stamp.Of(model.source(schema.id().source()).recordSource());
    this.loadTime = ColumnTime.of(table.loadTime(), columns);
    this.keys = new KeyStage(model, table, columns);
    this.absentKeyReasons = new String[keys.mappings().all().size()];
    hubs();
    table.links().forEach(this::link);
    table.satellites().forEach(this::satellite);
    model.satellites().values().forEach(this::sightings);
    for (String parent : VaultTables.parents(model, table)) {
      VaultTable target = tables.table(VaultNames.status(parent, table.id()));
      add(target, new StatusStage(target, keys.parent(parent), Kept.CHANGES));
    }
    for (SourceTable.History history : table.histories()) {
      VaultTable target = tables.table(VaultNames.history(history.name()));
      add(target, new HistoryStage(target, history, vault, columns));
    }
    if (table.reference() != null) {
      VaultTable target = tables.table(VaultNames.reference(table.reference().name()));
      add(target, new ReferenceStage(target, table.reference(), vault, columns));
    }
  }

  private void add(VaultTable target, RowStage stage) {
    if (only.isEmpty() || only.equals(target.name())) {
      stages.add(stage);
    }
  }

  private void hubs() {
    List<HubMapping> mappings = keys.mappings().all();
    for (int i = 0; i < mappings.size(); i++) {
      HubMapping mapping = mappings.get(i);
      VaultTable hub = tables.table(VaultNames.hub(mapping.hub()));
      add(hub, new HubStage(hub, i));
      absentKeyReasons[i] = absentKeyReason(mapping);
    }
  }

  private String absentKeyReason(HubMapping hub) {
    if (hub.whenNull() == WhenNull.SKIP) {
      return null;
    }
    if (hub.whenNull() == WhenNull.REJECT) {
      return VaultErrors.noBusinessKey(table.id(), hub.hub(), model.hub(hub.hub()).key());
    }
    List<String> described =
        table.satellites().stream()
            .filter(satellite -> satellite.parent().equals(hub.hub()))
            .map(Satellite::name)
            .toList();
    return described.isEmpty() || !table.hubs().contains(hub)
        ? null
        : VaultErrors.payloadWithoutKey(table.id(), hub.hub(), described);
  }

  private void link(SourceTable.LinkMapping mapping) {
    VaultTable target = tables.table(VaultNames.link(mapping.link()));
    int[] hubs = keys.mappings().of(mapping);
    Parent link = keys.parent(mapping.link());
    add(target, new LinkStage(tables, target, table, link, hubs, columns));
  }

  private void satellite(Satellite satellite) {
    VaultTable target = tables.table(VaultNames.satellite(satellite));
    Parent parent = keys.parent(satellite.parent());
    switch (satellite.kind()) {
      case STANDARD, MULTI_ACTIVE ->
          add(
              target,
              new SatelliteStage(
                  target, satellite, payload(satellite), parent, HashForm.of(model.hashing())));
      case EFFECTIVITY -> {
        Link link = model.link(parent.name());
        int[] places = keys.mappings().of(table.links().get(parent.position()));
        int[] ordered = TableSpecs.drivingFirst(link).stream().mapToInt(i -> places[i]).toArray();
        add(target, new EffectivityStage(target, satellite, table, parent, ordered, columns));
      }
      case STATUS -> add(target, new StatusStage(target, parent, Kept.EVENTS));
      case RECORD_TRACKING -> add(target, new TrackingStage(target, parent));
      case SIGHTINGS -> {} // its rows come with the satellites that it tracks
    }
  }

  private Payload payload(Satellite satellite) {
    return new Payload(model, satellite, table, vault, columns);
  }

  /** An XTS takes from every table that feeds a satellite it tracks. */
  private void sightings(Satellite xts) {
    if (xts.kind() != Satellite.Kind.SIGHTINGS) {
      return;
    }
    for (Satellite satellite : table.satellites()) {
      if (xts.tracks().contains(satellite.name())) {
        VaultTable target = tables.table(VaultNames.satellite(xts));
        Parent parent = keys.parent(satellite.parent());
        add(target, new SightingsStage(target, parent, satellite.name(), payload(satellite)));
      }
    }
  }

  void stage(ChangeRecord record, StagedRows out) {
    Object[] before = record.before();
    Object[] after = record.after();
    long loadedAt = after == null ? record.committedAt() : loadTime.of(after, record.committedAt());
    Stamp stamp = stamps.stamp(record, loadedAt);
    RowKeys now = after == null ? null : keys.keys(after);
    boolean keysChange = before != null && (after == null || !keys.sameKeys(before, after));
    RowKeys old = keysChange ? keys.keys(before) : null;
    Event event = new Event(record.operation(), before, old, after, now, stamp);
    stages.forEach(stage -> stage.stage(event, out));
    if (now != null) {
      reject(now, out);
    }
  }

  void truncate(ChangeRecord record, StagedRows out) {
    Stamp stamp = stamps.stamp(record, record.committedAt());
    stages.forEach(stage -> stage.truncate(stamp, out));
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
