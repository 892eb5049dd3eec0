package dev.larder.io.delta.service;

import dev.larder.io.delta.log.DataFile;
import java.util.HashMap;
import java.util.Map;

/** What a clustered file's tags say of it. */
final class ClusterTags {
  /** The columns by which the file's rows are clustered, separated by commas. */
  static final String COLUMNS = "larder.clustered";

  /** The group of files that the rows were sorted into together. */
  static final String GROUP = "larder.cluster-group";

  private ClusterTags() {}

  static Map<String, String> of(int bucket, OptimizeSettings settings, String group) {
    Map<String, String> tags = new HashMap<>(DataFile.bucketTag(bucket));
    tags.put(COLUMNS, settings.clusterTag());
    tags.put(GROUP, group);
    return tags;
  }
}
