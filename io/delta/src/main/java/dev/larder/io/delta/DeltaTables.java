package dev.larder.io.delta;

import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.store.TableStores;
import java.util.Collection;
import java.util.List;

/** The tables of a lake. */
public final class DeltaTables {
  private DeltaTables() {}

  /** {@link DeltaTable#create} for one table. */
  public static DeltaTable create(String lake, TableSpec spec) {
    return DeltaTable.create(lake, spec);
  }

  /** {@link DeltaTable#create} for every table. */
  public static void create(String lake, Collection<TableSpec> specs) {
    specs.forEach(spec -> DeltaTable.create(lake, spec));
  }

  /**
   * Deletes a table with its log and all that lies in its folder; nothing can bring it back. For
   * tables that nobody reads.
   *
   * @param lake path or URI
   */
  public static void drop(String lake, String name) {
    TableStores.drop(lake, name);
  }

  /**
   * The names of all tables of a lake, sorted: {@code vault/hub_order}. Empty if there is no lake.
   *
   * @param lake path or URI
   */
  public static List<String> names(String lake) {
    return TableStores.tables(lake);
  }
}
