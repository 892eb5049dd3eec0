package dev.larder.transforms;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A table of a source that changes at random, with its log. Every change is one step of time; the
 * state after each step is kept.
 */
public final class SourceFake {
  private final TableSchema table;
  private final Random random;
  private final List<ChangeRecord> log = new ArrayList<>();
  private final TreeMap<Integer, Map<Long, Object[]>> states = new TreeMap<>();
  private Map<Long, Object[]> now = new LinkedHashMap<>();

  /** Makes the row of an id; called for every insert and update. */
  public interface RowMaker {
    Object[] row(long id, Random random);
  }

  /**
   * @param keys how many ids there are; few, so that they come, change, go and come back
   */
  public SourceFake(TableSchema table, long seed, int steps, int keys, RowMaker maker) {
    this.table = table;
    this.random = new Random(seed);
    states.put(0, Map.of());
    for (int step = 1; step <= steps; step++) {
      change(step, 1 + random.nextInt(keys), maker);
      states.put(step, new LinkedHashMap<>(now));
    }
  }

  private void change(int step, long id, RowMaker maker) {
    Object[] before = now.get(id);
    boolean goes = before != null && random.nextInt(3) == 0;
    Object[] after = goes ? null : maker.row(id, random);
    if (goes) {
      now.remove(id);
    } else {
      now.put(id, after);
    }
    Operation operation =
        before == null ? Operation.CREATE : goes ? Operation.DELETE : Operation.UPDATE;
    log.add(
        new ChangeRecord(
            table,
            operation,
            before,
            after,
            committedAt(step),
            sequence(step),
            Origin.LOG,
            new LogPlace("topic", 0, step)));
  }

  public static Sequence sequence(int step) {
    return Sequence.of("binlog.000001", 100L * step, 0);
  }

  public static long committedAt(int step) {
    return 1_700_000_000_000_000L + step * 1_000L;
  }

  public int steps() {
    return states.lastKey();
  }

  public Random random() {
    return random;
  }

  /** The log after a step. */
  public List<ChangeRecord> logAfter(int step) {
    return log.subList(step, log.size());
  }

  /** The row of an id after a step, or null. */
  public Object[] row(long id, int step) {
    return states.get(step).get(id);
  }

  /** All rows after a step. */
  public Map<Long, Object[]> rows(int step) {
    return states.get(step);
  }
}
