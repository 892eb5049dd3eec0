package dev.larder.io.delta.merge;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/** The values of a row's key columns, equal and hashed by content. */
public final class RowKey {
  private final Object[] values;
  private final int hash;

  private RowKey(Object[] values) {
    this.values = values;
    this.hash = Values.hashRow(values);
  }

  /** Takes keys out of rows of one schema. */
  public static final class Of {
    private static final int FIRST_BYTE = Integer.SIZE - Byte.SIZE;

    private final Column[] columns;
    private final int[] positions;

    public Of(RowSchema schema, List<String> key) {
      this.columns = new Column[key.size()];
      this.positions = new int[key.size()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = schema.position(key.get(i));
        columns[i] = schema.column(positions[i]);
      }
    }

    RowKey key(Object[] row) {
      Object[] values = new Object[positions.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = row[positions[i]];
      }
      return new RowKey(values);
    }

    /**
     * The bucket of a row: for a binary key, which is taken for a hash, ranges of its first byte;
     * else a checksum of the key's text, which a number keeps when its column is widened. The same
     * in every JVM and for ever: files are tagged with it.
     */
    public int bucket(Object[] row, int buckets) {
      if (buckets == 1) {
        return 0;
      }
      if (positions.length == 1 && row[positions[0]] instanceof byte[] hash) {
        return hash.length == 0 ? 0 : (hash[0] & 0xFF) * buckets >>> 8;
      }
      CRC32C checksum = new CRC32C();
      for (int i = 0; i < positions.length; i++) {
        Object value = row[positions[i]];
        if (value != null) {
          checksum.update(text(columns[i], value).getBytes(StandardCharsets.UTF_8));
        }
        checksum.update(value == null ? 0 : 1);
      }
      return (int) (checksum.getValue() % buckets);
    }

    /** Whether a key's rank tells its bucket, but for rank 0: the key is one binary column. */
    public boolean isOfBytes() {
      return columns.length == 1 && columns[0].type().kind() == Kind.BINARY;
    }

    /** The {@link #bucket} of a key of bytes whose rank begins with these 32 bits. */
    public static int bucketOfRank(int upperHalf, int buckets) {
      return (upperHalf >>> FIRST_BYTE) * buckets >>> Byte.SIZE;
    }

    /** The {@link KeyRank} of a row's key. */
    public long rank(Object[] row) {
      return KeyRank.of(row[positions[0]]);
    }

    private static String text(Column column, Object value) {
      if (value instanceof BigDecimal decimal) {
        return decimal.stripTrailingZeros().toPlainString();
      }
      return value instanceof Float single
          ? Values.text(ColumnType.DOUBLE, (double) single)
          : Values.text(column.type(), value);
    }

    /** Whether a row has a value in every column of its key. */
    boolean isComplete(Object[] row) {
      for (int position : positions) {
        if (row[position] == null) {
          return false;
        }
      }
      return true;
    }

    /** Puts the values of a key of these columns into a row. */
    void fill(RowKey key, Object[] row) {
      for (int i = 0; i < positions.length; i++) {
        row[positions[i]] = key.values[i];
      }
    }

    /**
     * Sorts rows by their keys.
     *
     * @param ties orders rows of one key
     */
    void sort(List<Object[]> rows, Comparator<Object[]> ties) {
      KeyOrder.sort(rows, positions[0], order().thenComparing(ties));
    }

    /** Orders rows by their keys, as readers order them: strings by code point, absent first. */
    Comparator<Object[]> order() {
      return (left, right) -> {
        for (int position : positions) {
          int order = Values.compare(left[position], right[position]);
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey that && hash == that.hash && Values.sameRow(values, that.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
