package dev.larder.transforms.model;

import dev.larder.transforms.model.Satellite.Grain;
import dev.larder.transforms.model.Satellite.Kind;
import dev.larder.transforms.model.Satellite.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a satellite's entries mean together. */
final class SatelliteChecks {
  private final TablesReader model;
  private final Satellite satellite;
  private final Element entry;
  private final Map<String, Element> entries;

  SatelliteChecks(
      TablesReader model, Satellite satellite, Element entry, Map<String, Element> entries) {
    this.model = model;
    this.satellite = satellite;
    this.entry = entry;
    this.entries = entries;
  }

  void check() {
    columnsStandOnce();
    technicalNames();
    mask();
    Link link = model.links().get(satellite.parent());
    boolean happened = link != null && link.kind() == Link.Kind.TRANSACTION;
    if (satellite.kind() == Kind.EFFECTIVITY && happened) {
      entries.get("of").report(StructureErrors.effectivityOfTransaction(link.name()));
    }
    if (satellite.kind() == Kind.MULTI_ACTIVE && entry.isMap()) {
      if (satellite.grain() == Grain.SET
          && satellite.load() == Load.SCD2
          && entries.containsKey("grain")) {
        entries.get("grain").report(StructureErrors.setWithoutInsertOnly());
      }
      if (satellite.grain() == Grain.SET
          && satellite.late() != Satellite.Late.INSERT
          && entries.containsKey("late")) {
        entries.get("late").report(StructureErrors.lateOfSet());
      }
    }
    if (satellite.kind() == Kind.SIGHTINGS && entries.containsKey("satellites")) {
      sightings();
    }
  }

  private void technicalNames() {
    List<String> taken = VaultNames.technical(satellite);
    Columns.refuse(entries.get("untracked"), satellite.untracked(), taken);
    Columns.refuse(entries.get("child"), satellite.child(), taken);
    if (satellite.columns() instanceof ColumnChoice.Listed listed) {
      List<String> more = new ArrayList<>(taken);
      more.removeAll(VaultNames.technical()); // reported where the columns were read
      List<String> names = listed.columns().stream().map(ColumnChoice.Taken::name).toList();
      Columns.refuse(entries.get("columns"), names, more);
    }
  }

  private void columnsStandOnce() {
    List<String> names = new ArrayList<>();
    if (satellite.columns() instanceof ColumnChoice.Listed listed) {
      listed.columns().forEach(taken -> names.add(taken.name()));
    }
    for (String key : List.of("untracked", "child")) {
      for (String name : key.equals("child") ? satellite.child() : satellite.untracked()) {
        if (names.contains(name)) {
          entries.get(key).report(ModelErrors.twiceInList(name));
        }
        names.add(name);
      }
    }
  }

  private void mask() {
    if (satellite.masked().isEmpty()) {
      return;
    }
    Element mask = entries.get("mask");
    if (model.settings().maskSecret() == null) {
      mask.report(StructureErrors.maskWithoutSecret());
    }
    if (satellite.columns() instanceof ColumnChoice.Listed listed) {
      List<String> known = new ArrayList<>();
      listed.columns().forEach(taken -> known.add(taken.name()));
      known.addAll(satellite.untracked());
      satellite.masked().forEach(name -> Names.known(mask, "column of the satellite", name, known));
    }
  }

  private void sightings() {
    Element tracked = entries.get("satellites");
    model.checkLater(
        satellites -> {
          List<String> known =
              satellites.values().stream()
                  .filter(other -> other.parent().equals(satellite.parent()))
                  .filter(other -> other.kind().hasPayload())
                  .map(Satellite::name)
                  .toList();
          String what = "satellite of " + satellite.parent();
          satellite.tracks().forEach(name -> Names.known(tracked, what, name, known));
        });
  }
}
