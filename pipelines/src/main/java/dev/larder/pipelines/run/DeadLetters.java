package dev.larder.pipelines.run;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The dead letters of a lake and what became of them. Letters are never deleted: their outcomes
 * stand beside them.
 *
 * <table>
 * <caption>Columns of {@code ops/replays}: a row for each letter that a replay has taken</caption>
 * <tr><th>column</th><th>type</th><th>meaning</th></tr>
 * <tr><td>replay</td><td>int</td><td>number of the replay in the ledger</td></tr>
 * <tr><td>topic, partition, offset, step</td><td>string, int, int, string</td><td>the letter</td></tr>
 * <tr><td>outcome</td><td>string</td><td>replayed; or refused: it is left</td></tr>
 * <tr><td>reason</td><td>string</td><td>why it was refused again; NULL for what was replayed</td></tr>
 * </table>
 */
final class DeadLetters {
  static final String REPLAYED = "replayed";
  private static final String REFUSED = "refused";
  private static final List<String> IDENTITY = List.of("topic", "partition", "offset", "step");
  private static final RowSchema OUTCOME =
      RowSchema.of(
          Column.required("replay", ColumnType.INT),
          Column.required("topic", ColumnType.STRING),
          Column.required("partition", ColumnType.INT),
          Column.required("offset", ColumnType.INT),
          Column.required("step", ColumnType.STRING),
          Column.required("outcome", ColumnType.STRING),
          Column.nullable("reason", ColumnType.STRING));

  private final String lake;

  DeadLetters(String lake) {
    this.lake = lake;
  }

  /**
   * The bytes of a letter and what else is needed to take it again.
   *
   * @param timestampMicros the record's own time, UTC
   */
  record Bytes(byte[] key, byte[] value, long timestampMicros) {}

  /**
   * Letters of Kafka records that no replay has put back, with how often each was written; without
   * rows that the model rejects, with which nothing is to be done.
   */
  Map<Letter, Integer> left() {
    Map<Letter, Integer> left = times();
    left.keySet().removeAll(replayed());
    left.keySet().removeIf(letter -> letter.step().equals(DeadLetter.REJECTED));
    return left;
  }

  private Set<Letter> replayed() {
    Set<Letter> replayed = new HashSet<>();
    List<String> outcome = new ArrayList<>(IDENTITY);
    outcome.add("outcome");
    each(
        DeadLetter.OUTCOMES,
        outcome,
        row -> {
          if (REPLAYED.equals(row[4])) {
            replayed.add(letter(row));
          }
        });
    return replayed;
  }

  /**
   * The places of records that a replay has put into their place: whoever loads them again does.
   */
  Set<String> released() {
    return replayed().stream().map(letter -> letter.place().toString()).collect(Collectors.toSet());
  }

  /** All letters of Kafka records, with how often each was written. */
  Map<Letter, Integer> times() {
    Map<Letter, Integer> times = new LinkedHashMap<>();
    each(
        DeadLetter.TABLE,
        IDENTITY,
        row -> {
          if (row[0] != null) {
            times.merge(letter(row), 1, Integer::sum);
          }
        });
    return times;
  }

  /** How many letters are of snapshot rows, which have no record to put back. */
  long ofSnapshots() {
    long[] count = new long[1];
    each(DeadLetter.TABLE, IDENTITY, row -> count[0] += row[0] == null ? 1 : 0);
    return count[0];
  }

  /** The bytes of some letters. */
  Map<Letter, Bytes> bytes(Set<Letter> wanted) {
    List<String> columns = new ArrayList<>(IDENTITY);
    columns.addAll(List.of("key", "value", "occurred_at"));
    Map<Letter, Bytes> bytes = new LinkedHashMap<>();
    each(
        DeadLetter.TABLE,
        columns,
        row -> {
          if (row[0] != null && wanted.contains(letter(row))) {
            bytes.put(letter(row), new Bytes((byte[]) row[4], (byte[]) row[5], (Long) row[6]));
          }
        });
    return bytes;
  }

  private void each(String table, List<String> columns, Consumer<Object[]> row) {
    DeltaSnapshot stored = DeltaTable.of(lake, table).find().orElse(null);
    if (stored != null) {
      try (RowIterator rows = stored.rows(columns)) {
        rows.forEachRemaining(row);
      }
    }
  }

  private static Letter letter(Object[] row) {
    LogPlace place = new LogPlace((String) row[0], Math.toIntExact((Long) row[1]), (Long) row[2]);
    return new Letter(place, (String) row[3]);
  }

  /**
   * Keeps what became of the letters of a replay; once for each number.
   *
   * @param refused those that were refused again, with the reason
   */
  void keep(long replay, Set<Letter> letters, Map<Letter, String> refused) {
    List<Object[]> rows = new ArrayList<>();
    for (Letter letter : letters) {
      LogPlace place = letter.place();
      rows.add(
          new Object[] {
            replay,
            place.topic(),
            (long) place.partition(),
            place.offset(),
            letter.step(),
            refused.containsKey(letter) ? REFUSED : REPLAYED,
            refused.get(letter)
          });
    }
    DeltaTable.of(lake, DeadLetter.OUTCOMES).append(OUTCOME, rows.iterator(), "replay", replay);
  }
}
