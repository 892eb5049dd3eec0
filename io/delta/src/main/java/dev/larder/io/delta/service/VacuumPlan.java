package dev.larder.io.delta.service;

import dev.larder.io.delta.store.StoredFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files below a table nobody needs any more. Pure.
 *
 * <p>Hidden files and folders, whose names begin with {@code _} or {@code .}, are not the table's
 * and stay, the log among them; the folder of a partition is not hidden, whatever its column is
 * called, and neither is {@code _larder}, where merges put rows aside. A table below the table
 * stays.
 *
 * <p><b>Source</b>: delta-spark's {@code VacuumCommand} and {@code isHiddenDirectory}, which delete
 * a nested table.
 *
 * @param deleted files that no version within the retention needs, old enough not to be a commit's
 *     that is still to come
 * @param needed files of versions within the retention
 * @param young other files that were written within the retention
 */
record VacuumPlan(List<StoredFile> deleted, List<StoredFile> needed, List<StoredFile> young) {
  private static final String LOG = "_delta_log";
  private static final String ASIDE = "_larder";

  /**
   * @param found all files below the table
   * @param needed names of the files that versions within the retention need
   * @param partitionColumns of the table
   * @param horizon milliseconds since the epoch: older files are deleted
   */
  static VacuumPlan of(
      Collection<StoredFile> found,
      Set<String> needed,
      List<String> partitionColumns,
      long horizon) {
    VacuumPlan plan = new VacuumPlan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<String> tables = tablesBelow(found);
    for (StoredFile file : found) {
      String[] path = file.name().split("/");
      if (isHidden(path, partitionColumns) || isInATable(path, tables)) {
        continue;
      }
      if (needed.contains(file.name())) {
        plan.needed.add(file);
      } else if (file.modifiedAt() >= horizon) {
        plan.young.add(file);
      } else {
        plan.deleted.add(file);
      }
    }
    return plan;
  }

  /** Folders below the table that have a log of their own. */
  private static Set<String> tablesBelow(Collection<StoredFile> found) {
    Set<String> tables = new HashSet<>();
    for (StoredFile file : found) {
      int log = file.name().indexOf("/" + LOG + "/");
      if (log > 0) {
        tables.add(file.name().substring(0, log));
      }
    }
    return tables;
  }

  private static boolean isInATable(String[] path, Set<String> tables) {
    if (tables.isEmpty()) {
      return false;
    }
    StringBuilder folder = new StringBuilder();
    for (int i = 0; i < path.length - 1; i++) {
      folder.append(i == 0 ? "" : "/").append(path[i]);
      if (tables.contains(folder.toString())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHidden(String[] path, List<String> partitionColumns) {
    for (int i = 0; i < path.length; i++) {
      String name = path[i];
      boolean hidden = name.startsWith("_") || name.startsWith(".");
      boolean aside = i == 0 && name.equals(ASIDE);
      if (hidden
          && !aside
          && partitionColumns.stream().noneMatch(column -> name.startsWith(column + "="))) {
        return true;
      }
    }
    return false;
  }

  static long bytes(List<StoredFile> files) {
    return files.stream().mapToLong(StoredFile::size).sum();
  }
}
