package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.PartitionColumns;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a partitioned table a write replaces ({@link WriteRows#replacing}): partitions, all of
 * whose rows go in the commit in which the written ones come.
 *
 * @param version of the table that the replacement was decided by; -1 for one that found no table.
 *     The write is refused if others changed the table since.
 * @param partitions canonical values in the order of the partition columns; null for all rows: then
 *     the declared columns take the place of the table's, too
 * @param marks numbers that the commit leaves in the table, by name: {@link DeltaTable#batch} finds
 *     them
 */
public record Replacement(long version, List<List<Object>> partitions, Map<String, Long> marks)
    implements Serializable {

  public Replacement {
    if (partitions != null) {
      List<List<Object>> copies = new ArrayList<>();
      partitions.forEach(each -> copies.add(new ArrayList<>(each))); // values may be null
      partitions = copies;
    }
    marks = new HashMap<>(marks);
  }

  /** Of all rows, and of the columns. */
  public static Replacement ofEverything(long version, Map<String, Long> marks) {
    return new Replacement(version, null, marks);
  }

  boolean isOfEverything() {
    return partitions == null;
  }

  /** Takes out of the commit's table what is replaced. */
  void addTo(LogCommit commit, TableLog log) {
    commit.readVersion = version;
    commit.replacesSchema = isOfEverything();
    commit.marks.putAll(marks);
    commit.parameters.put("mode", "Overwrite");
    if (version >= 0) {
      commit.removed.addAll(files(log.at(version), log.location()));
    }
  }

  private List<DataFile> files(TableState table, String path) {
    if (isOfEverything()) {
      return table.files();
    }
    List<String> columns = table.partitionColumns();
    RowSchema values =
        RowSchema.of(
            columns.stream()
                .map(name -> table.schema().column(table.schema().position(name)))
                .toList());
    PartitionColumns texts = PartitionColumns.of(values, columns);
    Set<Map<String, String>> gone = new HashSet<>();
    partitions.forEach(each -> gone.add(texts.of(path, each.toArray()).values()));
    return table.files().stream().filter(file -> gone.contains(file.partitionValues())).toList();
  }
}
