package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of a load share: the lake, the declared tables and the transaction.
 *
 * @param tables by name
 * @param undeclared whether all tables are appended to, or only declared ones loaded, by their
 *     rules
 * @param appId of the transaction
 * @param batch of the transaction
 */
record LoadPlan(
    String lake, Map<String, TableSpec> tables, Undeclared undeclared, String appId, long batch)
    implements Serializable {
  static final String BUCKETS = "larder.buckets";
  static final String KEY = "larder.key";
  static final String RULE = "larder.rule";

  enum Undeclared {
    APPEND,
    REFUSE
  }

  LoadPlan {
    tables = new HashMap<>(tables);
  }

  /** To be completed by the {@code with} methods. */
  static LoadPlan of(Undeclared undeclared) {
    return new LoadPlan("", Map.of(), undeclared, "", -1);
  }

  LoadPlan withLake(String wanted) {
    return new LoadPlan(wanted, tables, undeclared, appId, batch);
  }

  LoadPlan withTables(Collection<TableSpec> specs) {
    Map<String, TableSpec> byName = new HashMap<>();
    specs.forEach(spec -> byName.put(spec.name(), spec));
    return new LoadPlan(lake, byName, undeclared, appId, batch);
  }

  LoadPlan withTransaction(String wanted, long number) {
    if (wanted.isEmpty() || number < 0) {
      throw new IllegalArgumentException(
          "a transaction needs an application and a batch from 0 on, not \""
              + wanted
              + "\", "
              + number);
    }
    return new LoadPlan(lake, tables, undeclared, wanted, number);
  }

  void requireComplete(String transform) {
    if (lake.isEmpty() || appId.isEmpty()) {
      throw new IllegalStateException(transform + " needs to(lake) and withTransaction(...)");
    }
  }

  TableLog log(String table) {
    return DeltaLogs.of(lake, table);
  }

  TableStore store(String table) {
    return TableStores.of(lake, table);
  }

  LogCommit.Transaction transaction() {
    return new LogCommit.Transaction(appId, batch);
  }

  /**
   * The table's rule.
   *
   * @throws dev.larder.io.changes.UserException if the table must be declared and is not
   */
  LoadRule rule(String table) {
    if (undeclared == Undeclared.APPEND) {
      return new LoadRule.Append();
    }
    TableSpec spec = tables.get(table);
    if (spec == null) {
      throw DeltaErrors.unknownTable(table, tables.keySet());
    }
    return spec.rule();
  }

  /** The columns that a new table gets, apart from those its rows bring. */
  RowSchema declaredSchema(String table) {
    TableSpec spec = tables.get(table);
    return spec == null ? null : spec.schema();
  }

  /**
   * The number of buckets: the stored one, for files are tagged by it. A table that was appended to
   * has files of no bucket, and may be merged into by one key today and another tomorrow: one
   * bucket.
   */
  int buckets(String table, TableState stored) {
    TableSpec spec = tables.get(table);
    int declared = spec == null ? 1 : spec.buckets();
    if (stored == null) {
      return declared;
    }
    return hasNoKey(stored) ? 1 : Integer.parseInt(stored.properties().getOrDefault(BUCKETS, "1"));
  }

  /** The properties that a new table gets. */
  Map<String, String> properties(String table) {
    TableSpec spec = tables.get(table);
    return spec == null
        ? Map.of(BUCKETS, "1", RULE, name(new LoadRule.Append()))
        : properties(spec);
  }

  static Map<String, String> properties(TableSpec spec) {
    Map<String, String> properties = new HashMap<>(spec.properties());
    properties.put(BUCKETS, Integer.toString(spec.buckets()));
    properties.put(RULE, name(spec.rule()));
    properties.put(KEY, String.join(",", key(spec.rule())));
    return properties;
  }

  /** Refuses a table that was made with another key: its files are bucketed by that one. */
  void requireSameKey(String table, TableState stored) {
    List<String> key = key(rule(table));
    String storedKey = stored.properties().get(KEY);
    if (storedKey != null
        && !hasNoKey(stored)
        && !key.isEmpty()
        && !storedKey.equals(String.join(",", key))) {
      throw DeltaErrors.keyChanged(store(table).location(), key, storedKey);
    }
  }

  private static boolean hasNoKey(TableState stored) {
    return "".equals(stored.properties().get(KEY));
  }

  private static String name(LoadRule rule) {
    return rule.getClass().getSimpleName();
  }

  static List<String> key(LoadRule rule) {
    if (rule instanceof LoadRule.InsertIfAbsent absent) {
      return absent.key();
    } else if (rule instanceof LoadRule.InsertIfChanged changed) {
      return changed.key();
    } else if (rule instanceof LoadRule.Scd2 scd2) {
      return scd2.key();
    }
    return List.of();
  }
}
