package dev.larder.pipelines.run;

import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** P0 of a new snapshot: where the log of each source stands, or is said to be followed from. */
final class SnapshotStart {

  private SnapshotStart() {}

  /**
   * @param given texts of {@code --position}; null for none
   * @return P0 by source; one at which earlier snapshots of the lake began is told from theirs by
   *     its repetition
   * @throws dev.larder.io.changes.UserException if a given position cannot be P0
   */
  static Map<String, BinlogPosition> positions(List<String> given, Sources sources, Ledger ledger) {
    Map<String, GivenPosition> byHand = GivenPosition.parse(given, sources.model());
    Map<String, BinlogPosition> positions = new LinkedHashMap<>();
    sources
        .settledPositions()
        .forEach(
            (source, now) -> {
              BinlogPosition p0 =
                  byHand.containsKey(source) ? byHand.get(source).p0(source, now) : now;
              positions.put(source, p0.repeated(begunAt(ledger, source, p0)));
            });
    return positions;
  }

  /** How many snapshots began at this place of the log. */
  private static int begunAt(Ledger ledger, String source, BinlogPosition position) {
    return (int)
        ledger.entries(Ledger.SNAPSHOT).stream()
            .filter(line -> line.state() == State.PLANNED)
            .map(line -> SnapshotEntry.fromJson(line.body()).positions().get(source))
            .filter(
                other ->
                    other != null
                        && other.file().equals(position.file())
                        && other.position() == position.position())
            .count();
  }
}
