package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule.Others;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.LinkColumns;
import dev.larder.transforms.model.Reference;
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
import java.util.stream.IntStream;

/** Derives each table of a vault from the model and the sources' columns. */
final class TableSpecs {
  static final List<Column> TECHNICAL =
      List.of(
          Column.required(VaultNames.LOADED_AT, ColumnType.TIMESTAMP),
          Column.required(VaultNames.SEQUENCE, ColumnType.STRING),
          Column.required(VaultNames.RECORD_SOURCE, ColumnType.STRING));

  static final Stamps BY_SEQUENCE = new Stamps(TECHNICAL, VaultNames.SEQUENCE);
  static final Stamps BY_LOAD_TIME = new Stamps(TECHNICAL, VaultNames.LOADED_AT);

  private final VaultModel model;
  private final Map<TableId, TableSchema> catalogue;
  private final int buckets;
  private final HashForm form;

  TableSpecs(VaultModel model, Map<TableId, TableSchema> catalogue, int buckets) {
    this.model = model;
    this.catalogue = catalogue;
    this.buckets = buckets;
    this.form = HashForm.of(model.hashing());
  }

  VaultTable hub(Hub hub) {
    List<Column> parts =
        hub.key().stream().map(part -> Column.nullable(part, ColumnType.STRING)).toList();
    VaultStructure structure = new Structures.Hub(hashKey(hub.name()), parts, BY_SEQUENCE);
    return new Draft(VaultNames.hub(hub.name()), Structure.HUB, structure)
        .payload(hub.key())
        .hashed(hub.key())
        .table();
  }

  VaultTable link(Link link) {
    List<Column> roles = link.roles().stream().map(role -> hashKey(role.name())).toList();
    List<Column> child = new ArrayList<>();
    for (int i = 0; i < link.child().size(); i++) {
      ColumnType type = LinkColumns.childType(model, catalogue, link, i);
      child.add(Column.nullable(link.child().get(i), type));
    }
    Structures.Link keys = new Structures.Link(hashKey(link.name()), roles, child, BY_SEQUENCE);
    List<String> payload = new ArrayList<>(names(roles));
    payload.addAll(names(child));
    VaultStructure structure = keys;
    boolean isTransaction = link.kind() == Link.Kind.TRANSACTION;
    if (isTransaction) {
      List<Column> columns =
          LinkColumns.ofLink(model, catalogue, link.name()).values().stream()
              .map(column -> Column.nullable(column.name(), column.type()))
              .toList();
      payload.addAll(names(columns));
      structure = new Structures.Transaction(keys, columns, events(link));
    }
    List<String> inputs = new ArrayList<>();
    for (Link.Role role : link.roles()) {
      model.hub(role.hub()).key().forEach(part -> inputs.add(role.name() + "." + part));
    }
    inputs.addAll(link.child());
    return new Draft(
            VaultNames.link(link.name()),
            isTransaction ? Structure.TRANSACTION : Structure.LINK,
            structure)
        .payload(payload)
        .hashed(inputs)
        .table();
  }

  /** A table that several sources load is appended to only if all of them say so. */
  private Structures.Events events(Link link) {
    if (link.corrections() == Link.Corrections.COUNTER) {
      return Structures.Events.COUNTED;
    }
    boolean isAppended =
        model.tables().values().stream()
            .filter(table -> table.links().stream().anyMatch(m -> m.link().equals(link.name())))
            .allMatch(table -> table.load() == SourceTable.Load.APPEND);
    return isAppended ? Structures.Events.APPENDED : Structures.Events.FIRST;
  }

  VaultTable status(String parent, SourceTable table) {
    return status(VaultNames.status(parent, table.id()), parent, table, Satellites.Kept.CHANGES);
  }

  private VaultTable status(String name, String parent, SourceTable table, Satellites.Kept kept) {
    Column status = Column.required(VaultNames.STATUS, ColumnType.STRING);
    VaultStructure structure = new Satellites.Status(hashKey(parent), status, stamps(table), kept);
    return new Draft(name, Structure.STATUS, structure).table();
  }

  /** By sequence; where rows bring their load time, by that. */
  private static Stamps stamps(SourceTable table) {
    return table.loadTime() == null ? BY_SEQUENCE : BY_LOAD_TIME;
  }

  VaultTable satellite(Satellite satellite, SourceTable table) {
    String name = VaultNames.satellite(satellite);
    Column key = hashKey(satellite.parent());
    return switch (satellite.kind()) {
      case STANDARD, MULTI_ACTIVE -> payload(satellite, table);
      case EFFECTIVITY -> effectivity(satellite, table);
      case STATUS -> status(name, satellite.parent(), table, Satellites.Kept.EVENTS);
      case RECORD_TRACKING -> {
        List<String> delivery = List.of(VaultNames.LOADED_AT, VaultNames.RECORD_SOURCE);
        VaultStructure structure = new Satellites.RecordTracking(key, delivery, BY_SEQUENCE);
        yield new Draft(name, Structure.RECORD_TRACKING, structure).table();
      }
      case SIGHTINGS -> {
        Column tracked = Column.required(VaultNames.SATELLITE, ColumnType.STRING);
        Column hashDiff = form.column(VaultNames.HASH_DIFF);
        VaultStructure structure = new Satellites.Sightings(key, hashDiff, tracked, stamps(table));
        yield new Draft(name, Structure.SIGHTINGS, structure).table();
      }
    };
  }

  private VaultTable payload(Satellite satellite, SourceTable table) {
    RowSchema source = catalogue.get(table.id()).columns();
    List<Column> columns = new ArrayList<>();
    for (Taken taken : Payload.columns(satellite, table, source)) {
      columns.add(
          satellite.masked().contains(taken.name())
              ? Column.nullable(taken.name(), ColumnType.STRING)
              : column(taken, source));
    }
    List<Column> child =
        satellite.child().stream().map(each -> column(new Taken(each, each), source)).toList();
    List<String> tracked = SatelliteStage.names(Payload.tracked(satellite, table, source));
    boolean isMulti = satellite.kind() == Satellite.Kind.MULTI_ACTIVE;
    boolean hasStatus =
        satellite.hasVersionsOfKeys() && satellite.deletes() != Satellite.Deletes.IGNORE;
    return new Draft(
            VaultNames.satellite(satellite),
            isMulti ? Structure.MULTI_ACTIVE : Structure.SATELLITE,
            structure(satellite, stamps(table), child, columns))
        .payload(tracked)
        .hashed(tracked)
        .status(hasStatus ? VaultNames.status(satellite.parent(), table.id()) : "")
        .table();
  }

  private VaultStructure structure(
      Satellite satellite, Stamps stamps, List<Column> child, List<Column> payload) {
    Column key = hashKey(satellite.parent());
    Column diff = form.column(VaultNames.HASH_DIFF);
    boolean isMulti = satellite.kind() == Satellite.Kind.MULTI_ACTIVE;
    if (isMulti && satellite.grain() == Satellite.Grain.SET) {
      return new Satellites.MultiActiveSet(key, diff, child, payload, BY_LOAD_TIME);
    }
    Satellites.Deletes deletes =
        satellite.deletes() == Satellite.Deletes.FLAG
            ? Satellites.Deletes.FLAG
            : Satellites.Deletes.NOTHING;
    boolean hasEnds = satellite.load() == Satellite.Load.SCD2;
    VaultStructure versions =
        isMulti
            ? new Satellites.MultiActiveRows(
                key, diff, child, payload, stamps, hasEnds ? deletes : Satellites.Deletes.FLAG)
            : new Satellites.Satellite(key, diff, payload, stamps, deletes);
    return hasEnds
        ? new Satellites.Scd2Satellite(versions, satellite.untracked(), model.openEnd())
        : versions;
  }

  private VaultTable effectivity(Satellite satellite, SourceTable table) {
    Link link = model.link(satellite.parent());
    List<Column> roles =
        drivingFirst(link).stream().map(i -> hashKey(link.roles().get(i).name())).toList();
    int driving = link.driving().isEmpty() ? roles.size() : link.driving().size();
    Satellites.Effectivity.Period period =
        new Satellites.Effectivity.Period(
            Column.required(VaultNames.EFFECTIVE_FROM, EffectivityStage.timeType()),
            Column.required(VaultNames.EFFECTIVE_TO, EffectivityStage.timeType()),
            model.openEnd());
    boolean isExtract = table.extract() != SourceTable.Extract.ROWS;
    VaultStructure structure =
        new Satellites.Effectivity(
            hashKey(link.name()),
            roles.subList(0, driving),
            roles.subList(driving, roles.size()),
            period,
            isExtract ? BY_LOAD_TIME : stamps(table),
            table.extract() == SourceTable.Extract.PARTIAL ? Others.CLOSE : Others.KEEP);
    return new Draft(VaultNames.satellite(satellite), Structure.EFFECTIVITY, structure).table();
  }

  /** The places of a link's roles with the driving ones first. */
  static List<Integer> drivingFirst(Link link) {
    List<Integer> order = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    IntStream.range(0, link.roles().size())
        .forEach(
            i -> (link.driving().contains(link.roles().get(i).name()) ? order : others).add(i));
    order.addAll(others);
    return order;
  }

  VaultTable reference(Reference reference, SourceTable table) {
    RowSchema source = catalogue.get(table.id()).columns();
    List<Column> key = keyColumns(ReferenceStage.key(reference, source), source);
    List<Column> payload =
        ReferenceStage.payload(reference, source).stream().map(t -> column(t, source)).toList();
    VaultStructure structure =
        switch (reference.load()) {
          case DEDUP ->
              new Structures.Reference(key, payload, stamps(table), Structures.Meanings.FIRST);
          case INSERT_ONLY ->
              new Structures.Reference(key, payload, stamps(table), Structures.Meanings.ALL);
          case SCD2 -> new Structures.History(key, TECHNICAL, payload, model.openEnd());
        };
    return new Draft(VaultNames.reference(reference.name()), Structure.REFERENCE, structure)
        .key(names(key))
        .payload(names(payload))
        .table();
  }

  VaultTable history(History history, SourceTable table) {
    RowSchema source = catalogue.get(table.id()).columns();
    List<Column> key = keyColumns(HistoryStage.key(history, source), source);
    List<Column> payload =
        HistoryStage.tracked(history, source).stream().map(t -> column(t, source)).toList();
    VaultStructure structure = new Structures.History(key, List.of(), payload, model.openEnd());
    return new Draft(VaultNames.history(history.name()), Structure.HISTORY, structure)
        .key(names(key))
        .payload(names(payload))
        .table();
  }

  /** A table on its way: what is said of it besides its structure. */
  private final class Draft {
    private final String name;
    private final Structure kind;
    private final VaultStructure structure;
    private List<String> key;
    private List<String> payload = List.of();
    private List<String> hashed = List.of();
    private String status = "";

    Draft(String name, Structure kind, VaultStructure structure) {
      this.name = name;
      this.kind = kind;
      this.structure = structure;
      this.key = structure.required();
    }

    Draft key(List<String> columns) {
      key = columns;
      return this;
    }

    Draft payload(List<String> columns) {
      payload = columns;
      return this;
    }

    Draft hashed(List<String> columns) {
      hashed = columns;
      return this;
    }

    Draft status(String table) {
      status = table;
      return this;
    }

    VaultTable table() {
      boolean isKeyed = kind == Structure.MULTI_ACTIVE || key.size() == 1;
      List<String> identity =
          isKeyed || kind == Structure.REFERENCE || kind == Structure.HISTORY
              ? key
              : key.subList(0, 1);
      return new VaultTable(
          structure.spec(name, buckets, properties(kind, hashed)), kind, identity, payload, status);
    }
  }

  private Map<String, String> properties(Structure structure, List<String> hashed) {
    return Map.of(
        "larder.model",
        model.name(),
        "larder.structure",
        structure.name().toLowerCase(Locale.ROOT),
        HashProperties.PROFILE,
        form.profile().id(),
        HashProperties.ALGORITHM,
        form.algorithm().id(),
        HashProperties.STORE,
        form.store().name().toLowerCase(Locale.ROOT),
        HashProperties.COLUMNS,
        String.join(",", hashed));
  }

  private Column hashKey(String parent) {
    return form.column(VaultNames.hashKey(parent));
  }

  private static List<Column> keyColumns(List<Taken> key, RowSchema source) {
    return key.stream()
        .map(
            taken ->
                Column.required(
                    taken.name(), source.column(source.position(taken.column())).type()))
        .toList();
  }

  private static Column column(Taken taken, RowSchema source) {
    return Column.nullable(taken.name(), source.column(source.position(taken.column())).type());
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
