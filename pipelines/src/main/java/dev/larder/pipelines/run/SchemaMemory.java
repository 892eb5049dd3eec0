package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.OnAlter;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.plan.TableDrift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sources' tables, as the lake remembers them and as the databases have them now: together they
 * read events of before and after an ALTER (docs/adr/0015). What a table's policy does not allow
 * stops here, before anything of a batch is read.
 *
 * <p><b>Cost</b>: bronze's tables are opened once in the life of an instance.
 */
public final class SchemaMemory {
  private final String lake;
  private final VaultModel model;
  private Map<TableId, TableSchema> known;
  private SourceCatalog lastNow;
  private SourceCatalog lastMerged;

  /**
   * @param lake path or URI; there may be none yet
   */
  public SchemaMemory(String lake, VaultModel model) {
    this.lake = lake;
    this.model = model;
  }

  /**
   * The tables under which events are to be read.
   *
   * @throws UserException if a table's policy refuses what has changed, with every change
   */
  SourceCatalog merged(SourceCatalog now) {
    if (now.equals(lastNow)) {
      return lastMerged;
    }
    List<String> refused = new ArrayList<>();
    Map<TableId, TableSchema> tables = new TreeMap<>();
    drifts(now)
        .forEach(
            (id, drift) -> {
              OnAlter policy = policy(id);
              drift
                  .refused(policy)
                  .forEach(
                      change ->
                          refused.add(
                              id
                                  + " ("
                                  + policy.name().toLowerCase(Locale.ROOT)
                                  + "): "
                                  + change.text()));
              tables.put(id, drift.under(policy));
            });
    if (!refused.isEmpty()) {
      throw new UserException(
          "Tables were altered in a way that their policy does not allow; nothing is loaded.\n"
              + String.join("\n", refused)
              + "\nSet on_alter of the table to lenient (or evolve) in the model, or take the table"
              + " anew: a new satellite name, then larder snapshot --tables=...");
    }
    tables.values().forEach(this::note);
    lastNow = now;
    lastMerged = merged(now, tables);
    known = new HashMap<>(known);
    known.putAll(tables);
    return lastMerged;
  }

  /** Lets bronze remember the exact types of new columns: a backfill reads them from there. */
  private void note(TableSchema table) {
    DeltaTable.of(lake, BronzeRows.table(table.id()))
        .setProperties(BronzeRows.spec(table).properties());
  }

  private SourceCatalog merged(SourceCatalog now, Map<TableId, TableSchema> changed) {
    List<TableSchema> all = new ArrayList<>();
    now.tables().forEach(table -> all.add(changed.getOrDefault(table.id(), table)));
    SourceCatalog merged = SourceCatalog.of(all);
    for (TableSchema table : all) {
      Map<String, String> declared = new TreeMap<>();
      TableSchema current = now.find(table.id());
      for (String column : current.columns().names()) {
        String words = now.declaredType(table.id(), column);
        boolean isAsDeclared =
            table
                .columns()
                .column(table.columns().position(column))
                .type()
                .equals(current.columns().column(current.columns().position(column)).type());
        if (words != null && isAsDeclared) {
          declared.put(column, words);
        }
      }
      merged =
          merged
              .withDeclaredTypes(table.id(), declared)
              .withoutColumns(table.id(), now.leftOut(table.id()));
    }
    return merged;
  }

  /**
   * The tables under which events would be read; nothing is refused and nothing written.
   *
   * @param sources where the tables are
   */
  public Map<TableId, TableSchema> preview(Sources sources) {
    SourceCatalog now = sources.eventCatalogue();
    Map<TableId, TableSchema> tables = new LinkedHashMap<>();
    now.tables().forEach(table -> tables.put(table.id(), table));
    drifts(now).forEach((id, drift) -> tables.put(id, drift.under(policy(id))));
    return tables;
  }

  /** What has changed at the sources since bronze was written, by table; only what has. */
  public Map<TableId, TableDrift> drifts(SourceCatalog now) {
    if (known == null) {
      known = remembered(now);
    }
    Map<TableId, TableDrift> drifts = new TreeMap<>();
    for (TableSchema table : now.tables()) {
      TableSchema before = known.get(table.id());
      if (before != null) {
        TableDrift drift = TableDrift.of(before, table);
        if (!drift.isNone()) {
          drifts.put(table.id(), drift);
        }
      }
    }
    return drifts;
  }

  private Map<TableId, TableSchema> remembered(SourceCatalog now) {
    Map<TableId, TableSchema> tables = new HashMap<>();
    for (TableSchema table : now.tables()) {
      DeltaSnapshot stored =
          lake == null
              ? null
              : DeltaTable.of(lake, BronzeRows.table(table.id())).find().orElse(null);
      if (stored != null) {
        tables.put(
            table.id(), BronzeRows.source(table.id(), stored.schema(), stored.properties(), table));
      }
    }
    return tables;
  }

  /** What the model says of changes of a table. */
  public OnAlter policy(TableId id) {
    SourceTable table = model.tables().get(id);
    return table == null ? OnAlter.EVOLVE : table.onAlter();
  }
}
