package dev.larder.io.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides which offsets the next batch takes.
 *
 * <p><b>Guarantees</b>: ranges begin at the positions, so that consecutive plans neither overlap
 * nor leave a gap; no limit is exceeded; the same input gives the same plan. The total is shared
 * fairly: a partition with little to offer gives all of it, and what it leaves is shared by the
 * others, so that a busy partition cannot starve a quiet one.
 */
public final class BatchPlanner {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private BatchPlanner() {}

  /**
   * Plans a batch.
   *
   * @param batch the number of the batch
   * @param positions the next offset to read of each partition
   * @param ends the offset behind the last one that can be read; partitions that are missing here
   *     have nothing new
   * @param properties kept in the plan
   * @return an empty plan if there is nothing new
   * @throws IllegalArgumentException if an end has no position
   */
  public static BatchPlan plan(
      long batch,
      Map<TopicPartition, Long> positions,
      Map<TopicPartition, Long> ends,
      BatchLimits limits,
      Map<String, String> properties) {
    TreeMap<TopicPartition, Long> offered = offered(positions, ends, limits);
    TreeMap<TopicPartition, Long> taken = share(offered, limits.maxOffsets());
    return new BatchPlan(batch, cut(taken, positions, limits), properties);
  }

  private static TreeMap<TopicPartition, Long> offered(
      Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends, BatchLimits limits) {
    TreeMap<TopicPartition, Long> offered = new TreeMap<>(ORDER);
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      Long position = positions.get(end.getKey());
      if (position == null) {
        throw new IllegalArgumentException(end.getKey() + " has no position");
      }
      long size = Math.min(end.getValue() - position, limits.maxOffsetsPerPartition());
      if (size > 0) {
        offered.put(end.getKey(), size);
      }
    }
    return offered;
  }

  /** Serves the smallest offers first, each with at most an equal share of what is left. */
  private static TreeMap<TopicPartition, Long> share(
      TreeMap<TopicPartition, Long> offered, long total) {
    List<TopicPartition> bySize = new ArrayList<>(offered.keySet());
    bySize.sort(Comparator.<TopicPartition, Long>comparing(offered::get).thenComparing(ORDER));
    TreeMap<TopicPartition, Long> taken = new TreeMap<>(ORDER);
    long left = total;
    for (int i = 0; i < bySize.size(); i++) {
      int waiting = bySize.size() - i;
      long share = left / waiting + (left % waiting == 0 ? 0 : 1);
      long size = Math.min(offered.get(bySize.get(i)), share);
      if (size > 0) {
        taken.put(bySize.get(i), size);
        left -= size;
      }
    }
    return taken;
  }

  /** Cuts partitions in proportion to their size: enough ranges, none too long. */
  private static List<OffsetRange> cut(
      TreeMap<TopicPartition, Long> taken,
      Map<TopicPartition, Long> positions,
      BatchLimits limits) {
    long total = taken.values().stream().mapToLong(Long::longValue).sum();
    int minRanges = limits.minRanges();
    long even = taken.size() >= minRanges ? limits.maxRange() : Math.max(1, total / minRanges);
    long piece = Math.min(limits.maxRange(), even);
    List<OffsetRange> ranges = new ArrayList<>();
    for (Map.Entry<TopicPartition, Long> entry : taken.entrySet()) {
      long from = positions.get(entry.getKey());
      long size = entry.getValue();
      long pieces = size / piece + (size % piece == 0 ? 0 : 1);
      for (long i = 0; i < pieces; i++) {
        long start = from + part(size, pieces, i);
        long end = from + part(size, pieces, i + 1);
        ranges.add(new OffsetRange(entry.getKey().topic(), entry.getKey().partition(), start, end));
      }
    }
    return ranges;
  }

  /** Where the i-th of equal pieces begins, without overflow. */
  static long part(long size, long pieces, long i) {
    return size / pieces * i + Math.min(i, size % pieces);
  }
}
