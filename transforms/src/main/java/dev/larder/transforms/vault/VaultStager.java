package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Says what a change means for a vault: the rows of its hubs, links, satellites, status satellites
 * and histories. A pure function of the change: rows carry the change's own time and sequence, so
 * that it may be staged again, or elsewhere, with the same result.
 *
 * <ul>
 *   <li>READ, CREATE and UPDATE load the image after the change: every mapped hub and link, every
 *       satellite, history and reference, status I.
 *   <li>DELETE, and UPDATE of a key, give the old key status D, close its relation and its versions
 *       with stored ends, leave a flagged version where deletes are flagged, and take a counted
 *       event back.
 *   <li>TRUNCATE does so for every key that the table has loaded: one row for each table, which the
 *       sink applies to the keys that it has ({@link TableRow.Change#DELETE_ALL}).
 * </ul>
 *
 * <p>Columns are resolved once for each version of a table. A tracked column that a version does
 * not have counts as NULL. Instances are serializable and not for use by two threads.
 */
public final class VaultStager implements Serializable {
  private static final long serialVersionUID = 1L;

  private final VaultTables tables;
  private final String only;
  private transient Map<TableId, Compiled> latest;
  private transient Map<TableSchema, Compiled> all;

  /** A table's stage, or why there is none. */
  private record Compiled(TableSchema schema, TableStage stage, String problem) {}

  public VaultStager(VaultTables tables) {
    this(tables, "");
  }

  private VaultStager(VaultTables tables, String only) {
    this.tables = tables;
    this.only = only;
  }

  /**
   * Gives the rows of one table only.
   *
   * @param table its path below the lake
   */
  public static VaultStager of(VaultTables tables, String table) {
    return new VaultStager(tables, table);
  }

  public VaultTables tables() {
    return tables;
  }

  /** Whether the model has the table; changes of other tables mean nothing for the vault. */
  public boolean knows(TableId table) {
    return tables.source(table) != null;
  }

  /** Gives the rows of a change, or says why it cannot be loaded. */
  public void stage(ChangeRecord record, StagedRows out) {
    TableId id = record.table().id();
    if (!knows(id)) {
      return;
    }
    Compiled compiled = compiled(record.table());
    if (compiled.stage() == null) {
      out.reject(compiled.problem());
    } else if (record.operation() == Operation.TRUNCATE) {
      compiled.stage().truncate(record, out);
    } else {
      compiled.stage().stage(record, out);
    }
  }

  private Compiled compiled(TableSchema schema) {
    if (latest == null) {
      latest = new HashMap<>();
      all = new HashMap<>();
    }
    Compiled compiled = latest.get(schema.id());
    if (compiled == null
        || compiled.schema() != schema && !compiled.schema().columns().equals(schema.columns())) {
      compiled = all.computeIfAbsent(schema, this::compile);
      latest.put(schema.id(), compiled);
    }
    return compiled;
  }

  private Compiled compile(TableSchema schema) {
    try {
      return new Compiled(schema, new TableStage(tables, schema, only), null);
    } catch (IllegalArgumentException e) {
      return new Compiled(schema, null, VaultErrors.columnGone(schema.id(), e.getMessage()));
    }
  }
}
