package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.ByteSize;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.SchemaUnion;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 * @param targetFileSize bytes; 0 for what the table asks for
 * @param schemaPolicy what becomes of columns that tables lack
 * @param replacements what the load replaces, by table
 */
record LoadPlan(
    String lake,
    Map<String, TableSpec> tables,
    Undeclared undeclared,
    String appId,
    long batch,
    long targetFileSize,
    SchemaPolicy schemaPolicy,
    Map<String, Replacement> replacements)
    implements Serializable {
  static final String BUCKETS = "larder.buckets";
  static final String KEY = "larder.key";
  static final String RULE = "larder.rule";

  static final long MIN_FILE_SIZE = 1L << 20;
  private static final String TARGET_FILE_SIZE = "delta.targetFileSize";

  /** Of an SCD2 table: the column with the start of a version, part of a row's identity. */
  static final String VERSION_START = "larder.from";

  enum Undeclared {
    APPEND,
    REFUSE,
    /** Declared tables are loaded by their rules, others appended to. */
    APPEND_OTHERS
  }

  LoadPlan {
    tables = new HashMap<>(tables);
    replacements = new HashMap<>(replacements);
  }

  /** To be completed by the {@code with} methods. */
  static LoadPlan of(Undeclared undeclared) {
    return new LoadPlan("", Map.of(), undeclared, "", -1, 0, SchemaPolicy.ADD, Map.of());
  }

  LoadPlan withLake(String wanted) {
    return new LoadPlan(
        wanted, tables, undeclared, appId, batch, targetFileSize, schemaPolicy, replacements);
  }

  LoadPlan withTables(Collection<TableSpec> specs) {
    Map<String, TableSpec> byName = new HashMap<>();
    specs.forEach(spec -> byName.put(spec.name(), spec));
    return new LoadPlan(
        lake, byName, undeclared, appId, batch, targetFileSize, schemaPolicy, replacements);
  }

  LoadPlan withTransaction(String wanted, long number) {
    if (wanted.isEmpty() || number < 0) {
      throw new IllegalArgumentException(
          "a transaction needs an application and a batch from 0 on, not \""
              + wanted
              + "\", "
              + number);
    }
    return new LoadPlan(
        lake, tables, undeclared, wanted, number, targetFileSize, schemaPolicy, replacements);
  }

  LoadPlan withTargetFileSize(long bytes) {
    if (bytes < MIN_FILE_SIZE) {
      throw new IllegalArgumentException(
          "a target file size of " + bytes + " bytes; it is at least " + MIN_FILE_SIZE);
    }
    return new LoadPlan(lake, tables, undeclared, appId, batch, bytes, schemaPolicy, replacements);
  }

  LoadPlan withUndeclared(Undeclared wanted) {
    return new LoadPlan(
        lake, tables, wanted, appId, batch, targetFileSize, schemaPolicy, replacements);
  }

  LoadPlan withSchemaPolicy(SchemaPolicy wanted) {
    return new LoadPlan(
        lake, tables, undeclared, appId, batch, targetFileSize, wanted, replacements);
  }

  LoadPlan withReplacement(String table, Replacement replacement) {
    Map<String, Replacement> more = new HashMap<>(replacements);
    more.put(table, replacement);
    return new LoadPlan(lake, tables, undeclared, appId, batch, targetFileSize, schemaPolicy, more);
  }

  /** What the load takes for the table: as if there were none if all of it is replaced. */
  TableState kept(String table, TableState stored) {
    Replacement replacement = replacements.get(table);
    return replacement != null && replacement.isOfEverything() ? null : stored;
  }

  void requireComplete(String transform) {
    if (lake.isEmpty() || appId.isEmpty()) {
      throw new IllegalStateException(transform + " needs to(lake) and withTransaction(...)");
    }
  }

  /** Has the parts dealt out in turn, those of the tables with the most work first. */
  TablePart.PartCoder partCoder() {
    List<TableSpec> byWork = new ArrayList<>(tables.values());
    byWork.sort(Comparator.comparingInt(LoadPlan::work).reversed().thenComparing(TableSpec::name));
    Map<String, Integer> first = new HashMap<>();
    int next = 0;
    for (TableSpec spec : byWork) {
      first.put(spec.name(), next);
      next += spec.buckets();
    }
    return new TablePart.PartCoder(first);
  }

  /** What a row of a table costs, about. */
  private static int work(TableSpec spec) {
    return spec.schema().size() * (rewrites(spec.rule()) ? 2 : 1);
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
    if (spec == null && undeclared == Undeclared.APPEND_OTHERS) {
      return new LoadRule.Append();
    }
    if (spec == null) {
      throw DeltaErrors.unknownTable(table, tables.keySet());
    }
    return spec.rule();
  }

  /** The table's columns; of a new one those declared, apart from those its rows bring, or null. */
  RowSchema knownSchema(String table, TableState stored) {
    if (stored != null) {
      return stored.schema();
    }
    TableSpec spec = tables.get(table);
    return spec == null ? null : spec.schema();
  }

  /** Known columns and those that rows bring; the known ones themselves if there are no others. */
  RowSchema union(String table, RowSchema known, RowSchema incoming) {
    return known == null || known == incoming
        ? incoming
        : SchemaUnion.of(store(table).location(), known, incoming, schemaPolicy);
  }

  /** The stored columns, or those that a new table gets. */
  List<String> partitionColumns(String table, TableState stored) {
    TableSpec spec = tables.get(table);
    List<String> declared = spec == null ? List.of() : spec.partitionedBy();
    if (stored == null) {
      return declared;
    }
    if (!declared.isEmpty() && !declared.equals(stored.partitionColumns())) {
      throw DeltaErrors.partitionsChanged(
          store(table).location(), declared, stored.partitionColumns());
    }
    return stored.partitionColumns();
  }

  /** Refuses to merge into a table with partitions: its files have no buckets. */
  void requireNoPartitions(String table, TableState stored) {
    if (!stored.partitionColumns().isEmpty()) {
      throw DeltaErrors.mergeOfPartitions(
          store(table).location(), name(rule(table)), stored.partitionColumns());
    }
  }

  /** Refuses files that were written for other partition columns than the table has by now. */
  void requirePartitions(String table, List<String> columns, List<DataFile> files) {
    for (DataFile file : files) {
      if (!List.copyOf(file.partitionValues().keySet()).equals(columns)) {
        throw DeltaErrors.partitionsAppeared(
            store(table).location(), List.copyOf(file.partitionValues().keySet()), columns);
      }
    }
  }

  /** At about what size files are closed, bytes: as asked for here, or by the table, or 128 MiB. */
  long targetFileSize(String table, TableState stored) {
    if (targetFileSize > 0) {
      return targetFileSize;
    }
    TableSpec spec = tables.get(table);
    Map<String, String> properties =
        stored != null ? stored.properties() : spec == null ? Map.of() : spec.properties();
    String wanted = properties.get(TARGET_FILE_SIZE);
    return wanted == null
        ? RollingFiles.TARGET_SIZE
        : Math.max(
            MIN_FILE_SIZE, ByteSize.parse(store(table).location(), TARGET_FILE_SIZE, wanted));
  }

  /** Which columns of written files have statistics: the table says it by its properties. */
  StatisticsScope statistics(String table, TableState stored) {
    return StatisticsScope.of(stored == null ? properties(table) : stored.properties());
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

  /**
   * Whether all buckets are merged at once: a file of no bucket (another engine wrote it) that may
   * have to be rewritten belongs to one merge only.
   */
  boolean mergesWhole(String table, TableState stored) {
    return stored != null
        && rewrites(rule(table))
        && buckets(table, stored) > 1
        && stored.files().stream().anyMatch(file -> file.bucket() == DataFile.ANY_BUCKET);
  }

  /** Whether a rule adds the only row of a key that is not stored, and as it came. */
  static boolean addsAsTheyCame(LoadRule rule) {
    return rule instanceof LoadRule.InsertIfAbsent || rule instanceof LoadRule.InsertIfChanged;
  }

  /** Whether a rule removes or changes stored rows. */
  static boolean rewrites(LoadRule rule) {
    return rule instanceof LoadRule.Scd2 || rule instanceof LoadRule.Latest;
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
    properties.put(KEY, String.join(",", spec.rule().key()));
    if (spec.rule() instanceof LoadRule.Scd2 scd2) {
      properties.put(VERSION_START, scd2.from());
    }
    return properties;
  }

  /** Refuses a table that was made with another key: its files are bucketed by that one. */
  void requireSameKey(String table, TableState stored) {
    List<String> key = rule(table).key();
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
}
