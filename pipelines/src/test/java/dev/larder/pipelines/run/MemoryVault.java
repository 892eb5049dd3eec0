package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.file.RowMapper;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.transforms.vault.StagedRows;
import dev.larder.transforms.vault.VaultStager;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A vault in memory, loaded by the stages and merges that load a lake. */
final class MemoryVault {
  private final VaultTables tables;
  private final VaultStager stager;
  private final Map<String, List<Object[]>> stored = new TreeMap<>();

  MemoryVault(VaultTables tables) {
    this.tables = tables;
    this.stager = new VaultStager(tables);
  }

  List<Object[]> rows(String table) {
    return stored.getOrDefault(table, List.of());
  }

  /** Loads changes as one batch. */
  void load(List<ChangeRecord> changes) {
    Map<String, List<TableRow>> staged = new TreeMap<>();
    for (ChangeRecord change : changes) {
      stager.stage(
          change,
          new StagedRows() {
            @Override
            public void row(TableRow row) {
              staged.computeIfAbsent(row.table(), name -> new ArrayList<>()).add(row);
            }

            @Override
            public void reject(String reason) {
              throw new AssertionError(reason);
            }
          });
    }
    staged.forEach(this::merge);
  }

  private void merge(String table, List<TableRow> came) {
    TableSpec spec = tables.table(table).spec();
    RowSchema schema = spec.schema();
    MergeRule rule = MergeRule.of(spec.rule(), table, schema);
    for (TableRow row : came) {
      Object[] values = RowMapper.between(row.schema(), schema).map(row.values()).clone();
      rule.incoming(new MergeRule.Incoming(values, row.order(), row.change()));
    }
    List<Object[]> before = stored.getOrDefault(table, List.of());
    RowMapper read = RowMapper.between(schema, rule.storedColumns());
    before.forEach(row -> rule.stored(read.map(row)));
    List<Object[]> after = new ArrayList<>(rule.added());
    for (Object[] row : before) {
      Object[] instead = rule.instead(row);
      if (instead != MergeRule.GONE) {
        after.add(instead);
      }
    }
    stored.put(table, after);
  }
}
