package dev.larder.transforms.vault;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.transforms.model.Bridge;
import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.Pit;
import dev.larder.transforms.model.Retention;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.Snapshot;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.snapshot.BridgeSpec;
import dev.larder.transforms.snapshot.PitSpec;
import dev.larder.transforms.snapshot.SnapshotControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model's PITs and bridges are made of, given the tables that the lake has.
 *
 * <p>Columns of a PIT: {@code <parent>_hk}, {@code as_of}, and for each satellite {@code
 * <satellite>_hk}, {@code <satellite>_loaded_at}, {@code <satellite>_seq} (the version that holds).
 * Columns of a bridge: the start's {@code <hub>_hk}, {@code as_of}, then for each leg {@code
 * <link>_hk} and {@code <role>_hk}; a name that stands already gets a number at its end.
 */
public final class PointInTimeSpecs {
  public static final String AS_OF = "as_of";

  /** Stands for the load time of what is not there: that of ghost records. */
  public static final long BEGINNING_OF_TIME = GhostRecords.BEGINNING;

  private static final String NO_SEQUENCE = dev.larder.io.changes.Sequence.BEGINNING.text();

  private final VaultModel model;
  private final Map<String, RowSchema> stored;

  /**
   * @param stored columns of the lake's tables, by path below the lake
   */
  public PointInTimeSpecs(VaultModel model, Map<String, RowSchema> stored) {
    this.model = model;
    this.stored = stored;
  }

  /** The instants of a snapshot. */
  public static SnapshotControl control(Snapshot snapshot) {
    Retention keep = snapshot.keep();
    return new SnapshotControl(
        snapshot.at(),
        snapshot.zone(),
        new SnapshotControl.Keep(keep.daily(), keep.weekly(), keep.monthly(), keep.yearly()));
  }

  /**
   * @throws IllegalArgumentException if the lake lacks a table that the PIT is made of
   */
  public PitSpec pit(Pit pit) {
    String parent = parent(pit.parent());
    String key = VaultNames.hashKey(pit.parent());
    List<PitSpec.Satellite> satellites = new ArrayList<>();
    for (String name : pit.satellites()) {
      String table = satellite(name);
      boolean hasSequence = stored(table).find(VaultNames.SEQUENCE) >= 0;
      satellites.add(
          new PitSpec.Satellite(
              table,
              version(table, key),
              new PitSpec.Version(
                  VaultNames.hashKey(name),
                  name + VaultNames.LOADED_AT,
                  hasSequence ? name + VaultNames.SEQUENCE : "")));
    }
    return new PitSpec(
        VaultNames.pit(pit.name()),
        new PitSpec.Parent(parent, key, key),
        AS_OF,
        satellites,
        new PitSpec.Absent(zeroKey(), BEGINNING_OF_TIME, NO_SEQUENCE),
        types(parent, key));
  }

  private String satellite(String name) {
    return model.business().containsKey(name)
        ? VaultNames.business(name)
        : VaultNames.satellite(model.satellites().get(name));
  }

  private String parent(String hubOrLink) {
    return model.hubs().containsKey(hubOrLink)
        ? VaultNames.hub(hubOrLink)
        : VaultNames.link(hubOrLink);
  }

  /**
   * @throws IllegalArgumentException if the lake lacks a table that the bridge is made of
   */
  public BridgeSpec bridge(Bridge bridge) {
    Hub start = model.hub(bridge.start());
    String key = VaultNames.hashKey(start.name());
    Set<String> taken = new HashSet<>(Set.of(AS_OF, key));
    List<String> columns = new ArrayList<>(List.of(key));
    List<BridgeSpec.Leg> legs = new ArrayList<>();
    List<Met> met = new ArrayList<>(List.of(new Met(start.name(), key)));
    String from = key;
    for (Bridge.Leg leg : bridge.legs()) {
      Link link = model.link(leg.link());
      BridgeSpec.Key own = key(VaultNames.hashKey(link.name()), taken, columns);
      BridgeSpec.Key to = key(VaultNames.hashKey(leg.to()), taken, columns);
      legs.add(leg(link, own, leg.from(), from, List.of(to), BridgeSpec.Kind.REQUIRED));
      from = to.name();
      met.add(new Met(leg.hub(), from));
    }
    for (String name : bridge.with()) {
      legs.add(with(model.link(name), met, taken, columns));
    }
    return new BridgeSpec(
        VaultNames.bridge(bridge.name()),
        new BridgeSpec.Start(VaultNames.hub(start.name()), key, key),
        AS_OF,
        legs,
        columns,
        types(VaultNames.hub(start.name()), key),
        zeroKey());
  }

  /**
   * @param name of the hub's key in the walk
   */
  private record Met(String hub, String name) {}

  /** A link that hangs on the first hub of the walk that it has; its other keys are shown. */
  private BridgeSpec.Leg with(Link link, List<Met> met, Set<String> taken, List<String> columns) {
    for (Met hub : met) {
      for (Link.Role role : link.roles()) {
        if (role.hub().equals(hub.hub())) {
          BridgeSpec.Key own = key(VaultNames.hashKey(link.name()), taken, columns);
          List<BridgeSpec.Key> to = new ArrayList<>();
          for (Link.Role other : link.roles()) {
            if (!other.equals(role)) {
              to.add(key(VaultNames.hashKey(other.name()), taken, columns));
            }
          }
          return leg(link, own, role.name(), hub.name(), to, BridgeSpec.Kind.OPTIONAL);
        }
      }
    }
    throw new IllegalArgumentException(link.name() + " has no hub of the walk " + met);
  }

  private BridgeSpec.Leg leg(
      Link link,
      BridgeSpec.Key own,
      String role,
      String from,
      List<BridgeSpec.Key> to,
      BridgeSpec.Kind kind) {
    return new BridgeSpec.Leg(
        VaultNames.link(link.name()),
        own,
        new BridgeSpec.Key(VaultNames.hashKey(role), from),
        to,
        presence(link),
        kind);
  }

  private static BridgeSpec.Key key(String column, Set<String> taken, List<String> columns) {
    String name = column;
    for (int number = 2; !taken.add(name); number++) {
      name = column + "_" + number;
    }
    columns.add(name);
    return new BridgeSpec.Key(column, name);
  }

  /** By the effectivity satellite, else by the status satellites, else from the load on. */
  private BridgeSpec.Presence presence(Link link) {
    String key = VaultNames.hashKey(link.name());
    for (Satellite satellite : model.satellites().values()) {
      if (satellite.kind() == Satellite.Kind.EFFECTIVITY
          && satellite.parent().equals(link.name())) {
        String table = VaultNames.satellite(satellite);
        return new BridgeSpec.Effective(
            table, version(table, key), VaultNames.EFFECTIVE_TO, model.openEnd());
      }
    }
    List<BridgeSpec.Status> statuses = new ArrayList<>();
    for (Map.Entry<TableId, SourceTable> table : model.tables().entrySet()) {
      String status = VaultNames.status(link.name(), table.getKey());
      if (stored.containsKey(status)
          && table.getValue().links().stream().anyMatch(m -> m.link().equals(link.name()))) {
        statuses.add(new BridgeSpec.Status(status, version(status, key), VaultNames.STATUS));
      }
    }
    return statuses.isEmpty()
        ? new BridgeSpec.Known(VaultNames.LOADED_AT)
        : new BridgeSpec.Alive(statuses, StatusStage.DELETED);
  }

  private PitSpec.Version version(String table, String key) {
    return stored(table).find(VaultNames.SEQUENCE) >= 0
        ? new PitSpec.Version(key, VaultNames.LOADED_AT, VaultNames.SEQUENCE)
        : new PitSpec.Version(key, VaultNames.LOADED_AT);
  }

  private PitSpec.Types types(String table, String key) {
    RowSchema schema = stored(table);
    ColumnType type = schema.column(schema.position(key)).type();
    return new PitSpec.Types(
        type.kind() == Kind.BINARY ? ColumnType.BINARY : ColumnType.STRING, ColumnType.TIMESTAMP);
  }

  private RowSchema stored(String table) {
    RowSchema schema = stored.get(table);
    if (schema == null) {
      throw new IllegalArgumentException("the lake has no table " + table);
    }
    return schema;
  }

  private String zeroKey() {
    return "00".repeat(model.hashing().algorithm().length());
  }
}
