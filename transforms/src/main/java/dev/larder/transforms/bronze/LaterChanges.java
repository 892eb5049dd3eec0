package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Tells the changes that follow those of a batch: of a key that the batch touches, everything after
 * its first change in the batch; of a table that the batch truncates, everything after that; and
 * every TRUNCATE after the first change of its table in the batch, with what was committed behind
 * it at the same time: a table whose versions have times alone could not tell which came first.
 *
 * <p>Why they are needed: a table of versions does not store a change that repeats the one before
 * it. If A came at 1 and at 3, only the first is stored; B that then comes late, at 2, is loaded
 * together with A at 3, and the history is A, B, A.
 *
 * <p>Keys are known by 64 bits of their text: two that share them bring changes that need not have
 * come, which load rules ignore, and never the other way round.
 *
 * <p><b>Cost</b>: about 130 bytes for a key of the batch. Not for use by two threads.
 */
public final class LaterChanges {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final ChangeKeys keys;

  /** The first place of each mark; places as {@link dev.larder.io.changes.Sequence#text}. */
  private final Map<Long, String> first = new HashMap<>();

  /** Those that follow changes of the batch; few. */
  private final List<ChangeRecord> truncates = new ArrayList<>(0);

  public LaterChanges(ChangeKeys keys) {
    this.keys = keys;
  }

  /** Takes a change of the batch. */
  public void touch(ChangeRecord change) {
    String place = change.sequence().text();
    mark(anyChange(change), place);
    if (change.operation() == Operation.TRUNCATE) {
      mark(endOf(change), place);
    } else {
      keys.of(change, key -> mark(key, place));
    }
  }

  /** Takes what another instance has {@link #marks marked}. */
  void mark(long mark, String place) {
    first.merge(mark, place, (known, other) -> known.compareTo(other) <= 0 ? known : other);
  }

  private void mark(String mark, String place) {
    mark(hash(mark), place);
  }

  /** Takes a TRUNCATE that bronze has, once all changes of the batch are known. */
  public void truncate(ChangeRecord truncate) {
    if (isLater(truncate)) {
      truncates.add(truncate);
    }
  }

  void marks(BiConsumer<Long, String> out) {
    first.forEach(out);
  }

  int size() {
    return first.size();
  }

  /** Whether a change follows one of the batch; true also for changes of the batch that do. */
  public boolean isLater(ChangeRecord change) {
    String place = change.sequence().text();
    if (!follows(place, anyChange(change))) {
      return false;
    }
    if (change.operation() == Operation.TRUNCATE
        || follows(place, endOf(change))
        || truncates.stream().anyMatch(truncate -> followsAtOnce(change, truncate))) {
      return true;
    }
    boolean[] follows = new boolean[1];
    keys.of(change, key -> follows[0] |= follows(place, key));
    return follows[0];
  }

  private boolean follows(String place, String mark) {
    String known = first.get(hash(mark));
    return known != null && place.compareTo(known) > 0;
  }

  private static String anyChange(ChangeRecord change) {
    return "change of " + change.table().id();
  }

  private static boolean followsAtOnce(ChangeRecord change, ChangeRecord truncate) {
    return change.committedAt() == truncate.committedAt()
        && change.table().id().equals(truncate.table().id())
        && change.sequence().compareTo(truncate.sequence()) > 0;
  }

  private static String endOf(ChangeRecord change) {
    return "truncate of " + change.table().id();
  }

  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
