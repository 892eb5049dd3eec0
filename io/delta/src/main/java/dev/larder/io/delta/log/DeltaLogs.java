package dev.larder.io.delta.log;

import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The logs this JVM has opened, one for each table: their state is advanced, not loaded anew. A
 * table that was deleted and made again is noticed where the store can tell.
 */
public final class DeltaLogs {
  private static final Map<String, Opened> OPEN = new ConcurrentHashMap<>();

  private DeltaLogs() {}

  private record Opened(Optional<Object> identity, TableLog log) {}

  /**
   * @param lake path or URI
   * @param table path below the lake
   */
  public static TableLog of(String lake, String table) {
    return of(TableStores.of(lake, table));
  }

  public static TableLog of(TableStore store) {
    Optional<Object> identity = store.identity();
    Opened opened =
        OPEN.compute(
            store.location(),
            (location, known) ->
                known != null && known.identity.equals(identity)
                    ? known
                    : new Opened(identity, new StoredLog(store)));
    return opened.log;
  }
}
