package dev.larder.transforms.snapshot;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a bridge is made of, by the names of tables and columns.
 *
 * <p>A bridge starts at a hub and walks over links. Each hash key that it meets, of a hub or of a
 * link, has a name; {@link #columns} says which of them the bridge stores.
 *
 * @param table the bridge's path below the lake
 * @param start the hub at which it begins
 * @param asOf the bridge's column with the instant
 * @param legs in the order in which they are walked
 * @param columns names of the hash keys to store, in order
 * @param zeroKey hexadecimal digits: stands for the keys of an optional leg that is not there
 */
public record BridgeSpec(
    String table,
    Start start,
    String asOf,
    List<Leg> legs,
    List<String> columns,
    PitSpec.Types types,
    String zeroKey)
    implements Serializable {

  /**
   * @param table of the hub
   * @param hashKey its column
   * @param name of the key
   */
  public record Start(String table, String hashKey, String name) implements Serializable {}

  /**
   * A link and when it holds.
   *
   * @param link its table
   * @param hashKey its own key
   * @param from the key by which it is met: {@code name} is that of a key met before
   * @param to keys of other hubs that it leads to
   * @param presence when the link holds
   */
  public record Leg(String link, Key hashKey, Key from, List<Key> to, Presence presence, Kind kind)
      implements Serializable {
    public Leg {
      to = List.copyOf(to);
    }
  }

  /**
   * @param column of the link
   * @param name of the key
   */
  public record Key(String column, String name) implements Serializable {}

  /** What becomes of a walk that finds no link that holds. */
  public enum Kind {
    /** It ends: there is no row. */
    REQUIRED,
    /** It goes on: zero keys stand for the leg. */
    OPTIONAL
  }

  /** When a link holds. */
  public sealed interface Presence extends Serializable {}

  /**
   * By its effectivity satellite: at an instant the latest row by load time (then sequence, if
   * there is one) decides; the link holds if the row has the open end. Ends are compared by date.
   *
   * @param openEnd microseconds since the epoch
   */
  public record Effective(String table, PitSpec.Version stored, String end, long openEnd)
      implements Presence {}

  /**
   * By its status satellites, one for each table that feeds it: the link holds while the latest
   * status of one of them is not {@code deleted}.
   */
  public record Alive(List<Status> tables, String deleted) implements Presence {
    public Alive {
      tables = List.copyOf(tables);
    }
  }

  /**
   * @param status the satellite's column
   */
  public record Status(String table, PitSpec.Version stored, String status)
      implements Serializable {}

  /**
   * From its load time on, for ever.
   *
   * @param loadedAt the link's column; empty: always
   */
  public record Known(String loadedAt) implements Presence {}

  public BridgeSpec {
    legs = List.copyOf(legs);
    columns = List.copyOf(columns);
    if (legs.isEmpty()) {
      throw new IllegalArgumentException(table + ": a bridge walks over links");
    }
    Set<String> met = new HashSet<>(Set.of(start.name()));
    for (Leg leg : legs) {
      if (!met.contains(leg.from().name())) {
        throw new IllegalArgumentException(
            table + ": " + leg.link() + " starts at " + leg.from().name() + ", not met before");
      }
      for (Key key : keys(leg)) {
        if (!met.add(key.name())) {
          throw new IllegalArgumentException(table + ": " + key.name() + " is met twice");
        }
      }
    }
    if (!met.containsAll(columns)) {
      throw new IllegalArgumentException(table + ": of " + columns + " are met only " + met);
    }
  }

  private static List<Key> keys(Leg leg) {
    List<Key> keys = new ArrayList<>(List.of(leg.hashKey()));
    keys.addAll(leg.to());
    return keys;
  }

  /** What has to be read: columns by table. */
  public Map<String, Set<String>> inputs() {
    Map<String, Set<String>> inputs = new LinkedHashMap<>();
    inputs.put(start.table(), new LinkedHashSet<>(List.of(start.hashKey())));
    for (Leg leg : legs) {
      Set<String> link = inputs.computeIfAbsent(leg.link(), any -> new LinkedHashSet<>());
      link.add(leg.hashKey().column());
      link.add(leg.from().column());
      leg.to().forEach(key -> link.add(key.column()));
      if (leg.presence() instanceof Known known && !known.loadedAt().isEmpty()) {
        link.add(known.loadedAt());
      } else if (leg.presence() instanceof Effective effective) {
        Set<String> columns =
            inputs.computeIfAbsent(effective.table(), any -> new LinkedHashSet<>());
        columns.addAll(effective.stored().columns());
        columns.add(effective.end());
      } else if (leg.presence() instanceof Alive alive) {
        for (Status status : alive.tables()) {
          Set<String> columns =
              inputs.computeIfAbsent(status.table(), any -> new LinkedHashSet<>());
          columns.addAll(status.stored().columns());
          columns.add(status.status());
        }
      }
    }
    return inputs;
  }

  /** The names of all keys in the order in which they are met. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(start.name()));
    legs.forEach(leg -> keys(leg).forEach(key -> names.add(key.name())));
    return names;
  }

  /** The bridge's columns: the first key, the instant, then the other keys. */
  public RowSchema schema() {
    List<Column> stored = new ArrayList<>();
    columns.forEach(name -> stored.add(Column.required(name, types.hashKey())));
    stored.add(Math.min(1, stored.size()), Column.required(asOf, types.time()));
    return RowSchema.of(stored);
  }
}
