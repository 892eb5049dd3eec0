package dev.larder.transforms.snapshot;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a PIT table is made of, by the names of tables and columns.
 *
 * <p>A row of the PIT is a hash key of the parent at an instant, with the version of each satellite
 * that holds then: its hash key, its load time, and its sequence where several versions may share a
 * load time.
 *
 * @param table the PIT's path below the lake
 * @param parent the hub or link
 * @param asOf the PIT's column with the instant
 * @param satellites in the order of the PIT's columns
 * @param absent what stands for a satellite that has no version at an instant
 * @param types of the PIT's columns
 */
public record PitSpec(
    String table,
    Parent parent,
    String asOf,
    List<Satellite> satellites,
    Absent absent,
    Types types)
    implements Serializable {

  /**
   * @param table of the hub or link
   * @param hashKey its column
   * @param column the PIT's
   */
  public record Parent(String table, String hashKey, String column) implements Serializable {}

  /**
   * @param table of the satellite
   * @param stored the satellite's columns
   * @param columns the PIT's
   */
  public record Satellite(String table, Version stored, Version columns) implements Serializable {}

  /**
   * The columns that identify a version.
   *
   * @param loadedAt a time or a date; a date is the midnight with which it begins, UTC
   * @param sequence text that orders versions of one load time, the last one counts; empty where
   *     there is none
   */
  public record Version(String hashKey, String loadedAt, String sequence) implements Serializable {
    /** At most one version of a key has a load time. */
    public Version(String hashKey, String loadedAt) {
      this(hashKey, loadedAt, "");
    }

    List<String> columns() {
      return hasSequence() ? List.of(hashKey, loadedAt, sequence) : List.of(hashKey, loadedAt);
    }

    boolean hasSequence() {
      return !sequence.isEmpty();
    }
  }

  /**
   * @param zeroKey hexadecimal digits, as a column of text stores them
   * @param beginning of time, microseconds since the epoch
   * @param sequence that of the ghost record; empty where no satellite has any
   */
  public record Absent(String zeroKey, long beginning, String sequence) implements Serializable {}

  /**
   * @param hashKey BINARY or STRING, as the parent and the satellites store it
   * @param time TIMESTAMP, DATETIME or DATE: of the instant and of load times
   */
  public record Types(ColumnType hashKey, ColumnType time) implements Serializable {
    public Types {
      if (hashKey.kind() != Kind.BINARY && hashKey.kind() != Kind.STRING) {
        throw new IllegalArgumentException(hashKey + " is no type of a hash key");
      }
      Times.requireTime(time);
    }
  }

  public PitSpec {
    Objects.requireNonNull(table, "table");
    satellites = List.copyOf(satellites);
    if (satellites.isEmpty()) {
      throw new IllegalArgumentException(table + ": a PIT has satellites");
    }
  }

  /** What has to be read: columns by table. */
  public Map<String, Set<String>> inputs() {
    Map<String, Set<String>> inputs = new LinkedHashMap<>();
    inputs.put(parent.table(), new LinkedHashSet<>(List.of(parent.hashKey())));
    for (Satellite satellite : satellites) {
      inputs
          .computeIfAbsent(satellite.table(), any -> new LinkedHashSet<>())
          .addAll(satellite.stored().columns());
    }
    return inputs;
  }

  /** The PIT's columns: hash key, instant, then those of each satellite. */
  public RowSchema schema() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.required(parent.column(), types.hashKey()));
    columns.add(Column.required(asOf, types.time()));
    for (Satellite satellite : satellites) {
      columns.add(Column.required(satellite.columns().hashKey(), types.hashKey()));
      columns.add(Column.required(satellite.columns().loadedAt(), types.time()));
      if (satellite.columns().hasSequence()) {
        columns.add(Column.required(satellite.columns().sequence(), ColumnType.STRING));
      }
    }
    return RowSchema.of(columns);
  }
}
