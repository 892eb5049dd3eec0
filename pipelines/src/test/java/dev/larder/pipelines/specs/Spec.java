package dev.larder.pipelines.specs;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.VaultModel;
import java.util.List;
import java.util.Map;

/**
 * One example.
 *
 * @param name what it shows
 * @param batches changes, loaded one batch after the other
 * @param expected rows by vault table; of each row only the named columns are compared
 * @param rejected parts of the reasons in the dead letters, one for each letter
 */
record Spec(
    String name,
    VaultModel model,
    Map<TableId, TableSchema> tables,
    List<Batch> batches,
    Map<String, List<Map<String, String>>> expected,
    List<String> rejected) {

  /**
   * @param catalogue the tables as they are while the batch is loaded
   */
  record Batch(Map<TableId, TableSchema> catalogue, List<ChangeRecord> changes) {}

  Batch last() {
    return batches.get(batches.size() - 1);
  }

  @Override
  public String toString() {
    return name;
  }
}
