package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.kafka.debezium.SourceCatalog;
import java.util.HashMap;
import java.util.Map;

/** The vault's tables, looked at again only when the sources' tables have changed. */
final class CurrentVault {
  private final String lake;
  private final Sources sources;
  private final SchemaMemory memory;
  private SourceCatalog catalogue;
  private VaultLake vault;

  CurrentVault(String lake, Sources sources) {
    this.lake = lake;
    this.sources = sources;
    this.memory = new SchemaMemory(lake, sources.model());
  }

  /**
   * The sources' tables as they are now, with what the lake remembers of them.
   *
   * @throws dev.larder.io.changes.UserException if a table was altered against its policy
   */
  SourceCatalog tables() {
    return memory.merged(sources.eventCatalogue());
  }

  /** The vault that the sources' tables feed as they are now. */
  VaultLake now() {
    return of(tables());
  }

  /** The vault that these tables feed; its tables are created where they are missing. */
  VaultLake of(SourceCatalog tables) {
    if (!tables.equals(catalogue)) {
      Map<TableId, TableSchema> schemas = new HashMap<>();
      tables.tables().forEach(table -> schemas.put(table.id(), table));
      vault = VaultLake.create(lake, sources.model(), schemas);
      catalogue = tables;
    }
    return vault;
  }
}
