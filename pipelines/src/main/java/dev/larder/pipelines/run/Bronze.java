package dev.larder.pipelines.run;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.model.VaultModel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a lake's bronze tables say of themselves. */
public final class Bronze {
  private static final String ORIGIN = "_origin";
  static final String SEQUENCE = "_seq";
  private static final String LOG = "log";

  private Bronze() {}

  /**
   * The source tables of a model as bronze knows them: enough to load or read a vault without its
   * sources.
   *
   * @throws NotReadyException if bronze lacks a table
   */
  public static Map<TableId, TableSchema> catalogue(String lake, VaultModel model) {
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>();
    for (TableId id : model.tables().keySet()) {
      DeltaSnapshot table = DeltaTable.of(lake, BronzeRows.table(id)).find().orElse(null);
      if (table == null) {
        throw new NotReadyException(
            String.format(
                "The lake %s has no table %s yet: %s was never read. Run `larder snapshot` first.",
                lake, BronzeRows.table(id), id));
      }
      catalogue.put(id, model.keyed(BronzeRows.source(id, table.schema(), table.properties())));
    }
    return catalogue;
  }

  static List<String> names(Collection<TableId> tables) {
    return tables.stream().map(BronzeRows::table).toList();
  }

  /** Rows of the snapshot, or of the log. */
  static Filter isFrom(Origin origin) {
    return Filter.equalTo(ORIGIN, BronzeRows.origin(origin));
  }

  /** Whether bronze holds an event of the log at or behind a place. */
  static boolean logReached(String lake, Collection<TableId> tables, Sequence place) {
    for (TableId id : tables) {
      DeltaSnapshot table = DeltaTable.of(lake, BronzeRows.table(id)).find().orElse(null);
      if (table == null) {
        continue;
      }
      try (RowIterator rows = table.rows(List.of(ORIGIN), Filter.atLeast(SEQUENCE, place.text()))) {
        while (rows.hasNext()) {
          if (LOG.equals(rows.next()[0])) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
