package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.KeyFilter;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.Conditions;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.merge.RowKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The keys of the rows that came for a part. While they are few, pages of files that hold none of
 * them need not be read: rows of a bucket's files are in order of their keys.
 */
final class MergedKeys {
  /** More keys meet nearly every page. */
  private static final int FEW = 256;

  private final RowKey.Of key;
  private final String column;
  private final int position;
  private final KeyFilter filter;
  private List<Serializable> values = new ArrayList<>();

  /**
   * @param key columns; the first is what rows are looked for by
   */
  MergedKeys(RowSchema schema, List<String> key) {
    this.key = new RowKey.Of(schema, key);
    this.column = key.get(0);
    this.position = schema.position(column);
    this.filter = new KeyFilter(column);
  }

  int bucket(Object[] row, int buckets) {
    return key.bucket(row, buckets);
  }

  void add(Object[] row) {
    Object value = row[position];
    filter.add(value);
    if (values == null) {
      return;
    }
    if (value instanceof Serializable text && !(value instanceof Object[]) && values.size() < FEW) {
      values.add(text);
    } else {
      values = null;
    }
  }

  /** For a row that concerns every key. */
  void addAll() {
    values = null;
    filter.add(null);
  }

  /** How many there are; nothing if they are few, or a row concerns every key. */
  OptionalInt many() {
    return values == null && !filter.isEverything()
        ? OptionalInt.of(filter.size())
        : OptionalInt.empty();
  }

  /** The same for rows that are looked at one by one, of however many keys. */
  KeyFilter filter() {
    return filter;
  }

  /** What rows of these keys pass, and most others do not; everything if there are many. */
  Condition condition(String table, RowSchema columns) {
    Filter filter = values == null ? Filter.everything() : Filter.isIn(column, values);
    return Conditions.of(table, columns, filter);
  }
}
