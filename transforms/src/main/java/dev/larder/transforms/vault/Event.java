package dev.larder.transforms.vault;

import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Values;
import dev.larder.transforms.vault.RowKeys.Parent;

/**
 * A change of one row with the keys of its images.
 *
 * @param before the row before, or null
 * @param old keys of the row before; null if there is none, or if they are those of the row after
 * @param after the row after, or null
 * @param now keys of the row after, or null
 */
record Event(
    Operation operation, Object[] before, RowKeys old, Object[] after, RowKeys now, Stamp stamp) {

  /** The parent's key after the change, or null. */
  Object key(Parent parent) {
    return now == null ? null : now.of(parent);
  }

  /** The parent's key that the row had and has no more, or null. */
  Object gone(Parent parent) {
    Object key = old == null ? null : old.of(parent);
    return key == null || Values.same(key, this.key(parent)) ? null : key;
  }
}
