package dev.larder.peers.bench;

import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the satellite like any reader: which changes does its latest version hold, and when. */
final class LiveWatch {
  private static final String SATELLITE = "vault/sat_order_state";
  private static final String NUMBER = "change_no";

  private final String lake;
  private final LiveWriter writer;
  private final long[] seenMillis;
  private long version = -1;
  private int floor;
  private long highest = -1;

  LiveWatch(String lake, LiveWriter writer, long count) {
    this.lake = lake;
    this.writer = writer;
    this.seenMillis = new long[Math.toIntExact(count)];
  }

  /** Takes notice of a new version, if there is one. */
  void look() {
    Optional<DeltaSnapshot> found = DeltaTable.of(lake, SATELLITE).find();
    if (found.isEmpty() || found.get().version() == version) {
      return;
    }
    version = found.get().version();
    long now = System.currentTimeMillis();
    try (RowIterator rows =
        found.get().rows(List.of(NUMBER), Filter.atLeast(NUMBER, (long) floor))) {
      while (rows.hasNext()) {
        Object number = rows.next()[0];
        if (number != null && seenMillis[(int) (long) (Long) number] == 0) {
          seenMillis[(int) (long) (Long) number] = now;
          highest = Math.max(highest, (Long) number);
        }
      }
    }
    // Changes without a row leave gaps that never close.
    while (floor <= highest
        && (seenMillis[floor] > 0 || writer.committedMillis(floor) == 0 || isOvertaken(floor))) {
      floor++;
    }
  }

  /** Later changes of a batch of the same row may make the only version. */
  private boolean isOvertaken(int number) {
    return highest - number > 100_000;
  }

  /** Changes that are committed in MySQL and not yet in the vault, about. */
  long lag() {
    return Math.max(0, writer.written() - 1 - highest);
  }

  /** Milliseconds from commit to sight of the changes from one number up to another, sorted. */
  List<Long> delays(long from, long to) {
    List<Long> delays = new ArrayList<>();
    for (long i = from; i < to; i++) {
      long seen = seenMillis[(int) i];
      long committed = writer.committedMillis(i);
      if (seen > 0 && committed > 0) {
        delays.add(Math.max(0, seen - committed));
      }
    }
    delays.sort(null);
    return delays;
  }

  /** Live files of all tables of bronze and vault: the most of one, and all. */
  long[] files() {
    long most = 0;
    long all = 0;
    for (String table : DeltaTables.names(lake)) {
      if (table.startsWith("bronze/") || table.startsWith("vault/")) {
        long files = DeltaTable.of(lake, table).find().map(t -> t.files().size()).orElse(0);
        most = Math.max(most, files);
        all += files;
      }
    }
    return new long[] {most, all};
  }
}
