package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.ValueTest;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.RowKey;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the buckets in which wanted keys lie: hash keys have no statistics in the log, but a file's
 * bucket is known. For tables with one key column, when keys are asked for by value.
 */
final class BucketPruning {
  private static final BucketPruning NONE = new BucketPruning(null);

  private final BitSet buckets;

  private BucketPruning(BitSet buckets) {
    this.buckets = buckets;
  }

  static BucketPruning of(TableState state, Condition condition) {
    String key = state.properties().getOrDefault(LoadPlan.KEY, "");
    int count = Integer.parseInt(state.properties().getOrDefault(LoadPlan.BUCKETS, "1"));
    int position = state.schema().find(key);
    if (count == 1 || position < 0 || !isOneText(state.schema().column(position))) {
      return NONE;
    }
    RowSchema keys = RowSchema.of(state.schema().column(position));
    return new BucketPruning(buckets(condition, key, new RowKey.Of(keys, List.of(key)), count));
  }

  /** Whether equal values of this kind have one form, on which the bucket rests. */
  private static boolean isOneText(Column column) {
    return switch (column.type().kind()) {
      case BINARY, STRING, INT, DATE -> true;
      default -> false;
    };
  }

  /** Null for all. */
  private static BitSet buckets(Condition condition, String key, RowKey.Of keys, int count) {
    if (condition instanceof Condition.OfColumn column) {
      return column.path().names().equals(List.of(key))
              && column.test() instanceof ValueTest.OneOf wanted
          ? of(wanted, keys, count)
          : null;
    }
    if (condition instanceof Condition.AllOf all) {
      BitSet common = null;
      for (Condition each : all.conditions()) {
        BitSet found = buckets(each, key, keys, count);
        if (common == null) {
          common = found;
        } else if (found != null) {
          common.and(found);
        }
      }
      return common;
    }
    BitSet any = new BitSet();
    for (Condition each : ((Condition.AnyOf) condition).conditions()) {
      BitSet found = buckets(each, key, keys, count);
      if (found == null) {
        return null;
      }
      any.or(found);
    }
    return any;
  }

  private static BitSet of(ValueTest.OneOf wanted, RowKey.Of keys, int count) {
    BitSet buckets = new BitSet();
    wanted.values().forEach(value -> buckets.set(keys.bucket(new Object[] {value}, count)));
    return buckets;
  }

  boolean mayHold(DataFile file) {
    return buckets == null || file.bucket() == DataFile.ANY_BUCKET || buckets.get(file.bucket());
  }
}
