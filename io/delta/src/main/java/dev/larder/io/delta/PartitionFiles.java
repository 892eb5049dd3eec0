package dev.larder.io.delta;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a version holds of one partition.
 *
 * @param values canonical, in the order of the partition columns; null for an absent one
 * @param files how many
 * @param bytes of all of them
 */
public record PartitionFiles(List<Object> values, int files, long bytes) {
  public PartitionFiles {
    values = Collections.unmodifiableList(new ArrayList<>(values)); // values may be null
  }
}
