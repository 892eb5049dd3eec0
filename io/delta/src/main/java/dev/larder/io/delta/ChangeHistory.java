package dev.larder.io.delta;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.VersionChanges;
import dev.larder.io.delta.store.TableStore;
import java.util.List;

/** How far back changes can be read. Asked when something is missing: it looks at every file. */
final class ChangeHistory {

  private ChangeHistory() {}

  /** The version after which all changes up to another one are there. */
  static long availableAfter(TableLog log, long upTo) {
    for (long version = upTo; version >= 0; version--) {
      if (!isAvailable(log, version)) {
        return version;
      }
    }
    return -1;
  }

  private static boolean isAvailable(TableLog log, long version) {
    try {
      VersionChanges changes = log.changes(version, version).get(0);
      return areThere(log.store(), changes.added()) && areThere(log.store(), changes.removed());
    } catch (UserException e) {
      return false;
    }
  }

  private static boolean areThere(TableStore store, List<DataFile> files) {
    return files.stream().allMatch(file -> store.stat(store.name(file.path())).isPresent());
  }
}
