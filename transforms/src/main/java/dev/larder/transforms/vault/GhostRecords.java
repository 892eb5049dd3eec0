package dev.larder.transforms.vault;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.transforms.hash.HashKey;
import dev.larder.transforms.model.Defaults;
import dev.larder.transforms.model.VaultNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The row that stands in a satellite for what is unknown: zero key and zero hash diff, no payload,
 * the beginning of time, source {@value #RECORD_SOURCE} (RULES 4). It is put there when tables are
 * made, not by loading, so that a query that finds no version joins this one. No source row can
 * have its key: an unknown business key has no payload.
 */
public final class GhostRecords {
  /** The beginning of time: 1900-01-01, microseconds since the epoch, UTC. */
  public static final long BEGINNING = Values.micros(Instant.parse("1900-01-01T00:00:00Z"));

  static final String RECORD_SOURCE = "SYSTEM";

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private static final Set<VaultTable.Structure> HAVE_GHOSTS =
      EnumSet.of(VaultTable.Structure.SATELLITE, VaultTable.Structure.MULTI_ACTIVE);

  private GhostRecords() {}

  /**
   * One row for each satellite with a payload; none if the model does not ask for them. To be added
   * once to each table, also to one that has rows already.
   */
  public static List<TableRow> of(VaultTables tables) {
    List<TableRow> ghosts = new ArrayList<>();
    if (tables.model().defaults().ghosts() == Defaults.Ghosts.INSERT) {
      byte[] zero = HashKey.unknown(tables.model().hashing().algorithm());
      tables.tables().stream()
          .filter(table -> HAVE_GHOSTS.contains(table.structure()))
          .forEach(table -> ghosts.add(ghost(table, zero)));
    }
    return ghosts;
  }

  /**
   * The ghost of a satellite whose columns have names of their own, for rows that are staged
   * without a model; what is not named is absent.
   *
   * @param hashes columns (BINARY, or STRING in hexadecimal) with hash keys and hash diffs
   * @param zero the hash of what is unknown: {@link HashKey#unknown}
   * @param times columns (DATE, DATETIME or TIMESTAMP) that hold the beginning of time
   * @param others values of further columns, the record source among them
   * @throws IllegalArgumentException if the schema lacks a column
   */
  public static Object[] row(
      RowSchema schema,
      List<String> hashes,
      byte[] zero,
      List<String> times,
      Map<String, Object> others) {
    Object[] row = new Object[schema.size()];
    for (String hash : hashes) {
      int position = schema.position(hash);
      boolean isText = schema.column(position).type().kind() == Kind.STRING;
      row[position] = isText ? HexFormat.of().formatHex(zero) : zero;
    }
    for (String time : times) {
      int position = schema.position(time);
      boolean isDay = schema.column(position).type().kind() == Kind.DATE;
      row[position] = isDay ? (Object) (int) (BEGINNING / MICROS_PER_DAY) : (Object) BEGINNING;
    }
    others.forEach((column, value) -> row[schema.position(column)] = value);
    return row;
  }

  private static TableRow ghost(VaultTable table, byte[] zero) {
    RowSchema schema = table.spec().schema();
    List<String> hashes = schema.names().subList(0, 2);
    List<String> times = new ArrayList<>(List.of(VaultNames.LOADED_AT));
    Map<String, Object> others = new HashMap<>();
    others.put(VaultNames.SEQUENCE, Sequence.BEGINNING.text());
    others.put(VaultNames.RECORD_SOURCE, RECORD_SOURCE);
    if (schema.find(VaultNames.DELETED) >= 0) {
      others.put(VaultNames.DELETED, false);
    }
    if (table.spec().rule() instanceof LoadRule.Scd2 scd2) {
      times.add(scd2.from());
      others.put(scd2.current(), true);
      others.put(scd2.to(), scd2.openEnd());
    }
    Object[] row = row(schema, hashes, zero, times, others);
    return TableRow.put(table.name(), schema, row, Sequence.BEGINNING);
  }
}
