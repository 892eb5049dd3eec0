package dev.larder.transforms.snapshot;

import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.snapshot.BridgeSpec.Alive;
import dev.larder.transforms.snapshot.BridgeSpec.Effective;
import dev.larder.transforms.snapshot.BridgeSpec.Known;
import dev.larder.transforms.snapshot.BridgeSpec.Leg;
import dev.larder.transforms.snapshot.BridgeSpec.Status;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What rows of a leg's tables say of its links. Pure. */
final class LegSources implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Leg leg;

  LegSources(Leg leg) {
    this.leg = leg;
  }

  /** What a row says. */
  @FunctionalInterface
  interface Reading {
    /**
     * @param out takes the link's hash key and the fact
     */
    void read(Object[] row, Out out);
  }

  @FunctionalInterface
  interface Out {
    void fact(byte[] hashKey, LegFact fact);
  }

  /**
   * How rows of a table are read; several ways if it plays several roles; none if it plays none.
   */
  List<Reading> of(String table, RowSchema rows) {
    List<Reading> readings = new ArrayList<>();
    if (table.equals(leg.link())) {
      readings.add(link(rows));
    }
    if (leg.presence() instanceof Effective effective && table.equals(effective.table())) {
      readings.add(effective(effective, rows));
    } else if (leg.presence() instanceof Alive alive) {
      for (int i = 0; i < alive.tables().size(); i++) {
        if (table.equals(alive.tables().get(i).table())) {
          readings.add(status(i, alive.tables().get(i), alive.deleted(), rows));
        }
      }
    }
    return readings;
  }

  private Reading link(RowSchema rows) {
    int key = rows.position(leg.hashKey().column());
    int from = rows.position(leg.from().column());
    int[] to = leg.to().stream().mapToInt(each -> rows.position(each.column())).toArray();
    boolean isTimed = leg.presence() instanceof Known known && !known.loadedAt().isEmpty();
    int loadedAt = isTimed ? rows.position(((Known) leg.presence()).loadedAt()) : -1;
    return (row, out) -> {
      if (row[key] == null || row[from] == null) {
        return;
      }
      byte[][] keys = new byte[to.length][];
      for (int i = 0; i < to.length; i++) {
        if (row[to[i]] == null) {
          return;
        }
        keys[i] = HashKeys.bytes(row[to[i]]);
      }
      long time = loadedAt < 0 ? Long.MIN_VALUE : Times.micros(row[loadedAt]);
      out.fact(HashKeys.bytes(row[key]), new LegFact.Link(HashKeys.bytes(row[from]), keys, time));
    };
  }

  private static Reading effective(Effective effective, RowSchema rows) {
    int end = rows.position(effective.end());
    long openDay = Math.floorDiv(effective.openEnd(), Times.MICROS_PER_DAY);
    return state(
        0,
        effective.stored(),
        rows,
        row ->
            row[end] == null
                || Math.floorDiv(Times.micros(row[end]), Times.MICROS_PER_DAY) == openDay);
  }

  private static Reading status(int table, Status status, String deleted, RowSchema rows) {
    int position = rows.position(status.status());
    return state(table, status.stored(), rows, row -> !Objects.equals(row[position], deleted));
  }

  @FunctionalInterface
  private interface Test {
    boolean isOpen(Object[] row);
  }

  private static Reading state(int table, PitSpec.Version stored, RowSchema rows, Test test) {
    int key = rows.position(stored.hashKey());
    int loadedAt = rows.position(stored.loadedAt());
    int sequence = stored.hasSequence() ? rows.position(stored.sequence()) : -1;
    return (row, out) -> {
      if (row[key] != null && row[loadedAt] != null) {
        out.fact(
            HashKeys.bytes(row[key]),
            new LegFact.State(
                table,
                Times.micros(row[loadedAt]),
                sequence < 0 ? "" : (String) row[sequence],
                test.isOpen(row)));
      }
    };
  }
}
