package dev.larder.testdata.delivery;

import dev.larder.io.changes.ChangeRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A way in which a log may come out of Kafka: in batches of any cut, partitions read further or
 * less far at a time, and rewound now and then so that records come again. Within a partition
 * records keep their order from batch to batch; within a batch there is none.
 */
public final class Deliveries {
  private static final int MAX_REWINDS = 5;
  private static final int CHANCE_OF_REWIND = 8;

  private Deliveries() {}

  /**
   * The batches of one delivery.
   *
   * @param partitionsOfATable 1, or more by key
   * @param most records of a partition in a batch
   */
  public static List<List<ChangeRecord>> of(
      List<ChangeRecord> log, int partitionsOfATable, int most, long seed) {
    Random random = new Random(seed);
    List<List<ChangeRecord>> partitions = partitions(log, partitionsOfATable);
    int[] positions = new int[partitions.size()];
    int rewinds = random.nextInt(MAX_REWINDS + 1);
    List<List<ChangeRecord>> batches = new ArrayList<>();
    boolean more = true;
    while (more) {
      List<ChangeRecord> batch = new ArrayList<>();
      more = false;
      for (int i = 0; i < positions.length; i++) {
        List<ChangeRecord> partition = partitions.get(i);
        int to = Math.min(partition.size(), positions[i] + random.nextInt(most + 1));
        batch.addAll(partition.subList(positions[i], to));
        boolean isRewound = rewinds > 0 && to > 0 && random.nextInt(CHANCE_OF_REWIND) == 0;
        rewinds -= isRewound ? 1 : 0;
        positions[i] = isRewound ? random.nextInt(to) : to;
        more |= positions[i] < partition.size();
      }
      Collections.shuffle(batch, random);
      batches.add(batch);
    }
    return batches;
  }

  private static List<List<ChangeRecord>> partitions(List<ChangeRecord> log, int ofATable) {
    Map<String, List<ChangeRecord>> partitions = new TreeMap<>();
    for (ChangeRecord change : log) {
      long part = (Long) change.image()[0] % ofATable;
      partitions
          .computeIfAbsent(change.table().id() + "-" + part, any -> new ArrayList<>())
          .add(change);
    }
    return List.copyOf(partitions.values());
  }
}
