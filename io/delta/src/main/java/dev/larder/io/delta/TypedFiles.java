package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.PartitionColumns;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.SchemaUnion;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sees to it that every file of a table holds the types that its columns have after a commit: other
 * engines read a column in one type only. Files that do not are written anew.
 */
final class TypedFiles {
  private final TableStore store;
  private final TableFiles files;
  private final RowSchema inFiles;
  private final StatisticsScope scope;

  /**
   * @param schema the table's columns after the commit
   */
  TypedFiles(TableStore store, RowSchema schema, LogCommit commit, TableState latest) {
    this.store = store;
    this.files = new TableFiles(store);
    this.inFiles =
        PartitionColumns.inFiles(
            schema, latest == null ? commit.partitionColumns : latest.partitionColumns());
    this.scope = StatisticsScope.of(latest == null ? commit.properties : latest.properties());
  }

  /**
   * Brings what a commit adds, and if it widens columns all live files, to the types of a schema.
   * Costs a look at each added file where the commit changes columns, else nothing.
   *
   * @param schema the table's columns after the commit
   * @param latest null if the commit creates the table
   */
  static void bring(TableStore store, LogCommit commit, RowSchema schema, TableState latest) {
    if (latest != null && schema.equals(latest.schema())) {
      return;
    }
    TypedFiles typed = new TypedFiles(store, schema, commit, latest);
    typed.bring(commit.added);
    typed.bring(commit.folded);
    if (latest != null && !SchemaUnion.sameTypes(schema, latest.schema())) {
      typed.bringLive(commit, latest);
    }
  }

  private void bring(List<DataFile> added) {
    List<DataFile> typed = new ArrayList<>();
    for (DataFile file : added) {
      if (files.holdsTypes(file, inFiles)) {
        typed.add(file);
      } else {
        typed.addAll(rewritten(file));
      }
    }
    added.clear();
    added.addAll(typed);
  }

  private void bringLive(LogCommit commit, TableState latest) {
    Set<String> gone = new HashSet<>();
    commit.removed.forEach(file -> gone.add(file.path()));
    commit.foldedAway.forEach(file -> gone.add(file.path()));
    for (DataFile file : latest.files()) {
      if (!gone.contains(file.path())) {
        commit.foldedAway.add(file);
        commit.folded.addAll(rewritten(file));
      }
    }
    commit.onLostFold = LogCommit.OnLostFold.REFUSE;
    commit.reads(DataFile.ANY_BUCKET, latest.version());
  }

  private List<DataFile> rewritten(DataFile file) {
    RollingFiles out =
        new RollingFiles(
                store,
                inFiles,
                file.bucket(),
                TableRoute.Appended.partition(file),
                RollingFiles.TARGET_SIZE)
            .withStatistics(scope);
    try (RowIterator rows = files.read(file, inFiles)) {
      rows.forEachRemaining(out::write);
    }
    return out.finish();
  }
}
