package dev.larder.pipelines.run;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.plan.TableDifference;
import dev.larder.transforms.plan.TableDrift;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a model would change in the vault of a lake. Nothing is written until {@link #apply}.
 *
 * <p><b>Cost</b>: the log of each table is opened; no row is read.
 */
public final class VaultPlan {
  private static final String MODEL = "larder.model";
  private static final String VAULT = "vault/";

  private final String lake;
  private final VaultTables tables;
  private final Map<String, TableDifference> stored = new TreeMap<>();

  private VaultPlan(String lake, VaultTables tables) {
    this.lake = lake;
    this.tables = tables;
    VaultModel model = tables.model();
    for (VaultTable table : tables.tables()) {
      Optional<DeltaSnapshot> there = DeltaTable.of(lake, table.name()).find();
      there.ifPresent(
          now ->
              stored.put(
                  table.name(), TableDifference.of(model, table, now.schema(), now.properties())));
    }
  }

  /**
   * Compares.
   *
   * @param lake path or URI; there may be none yet
   */
  public static VaultPlan of(String lake, VaultTables tables) {
    return new VaultPlan(lake, tables);
  }

  /** How a table differs from the one in the lake; empty if the lake has none. */
  public Optional<TableDifference> difference(String table) {
    return Optional.ofNullable(stored.get(table));
  }

  /** Tables whose rows cannot stay as they are, by name. */
  public List<TableDifference> refused() {
    return stored.values().stream().filter(TableDifference::isRefused).toList();
  }

  /** Tables that this model has made and does not name any more. */
  public List<String> left() {
    VaultModel model = tables.model();
    Set<String> known = new HashSet<>();
    tables.tables().forEach(table -> known.add(table.name()));
    model.pits().keySet().forEach(pit -> known.add(VaultNames.pit(pit)));
    model.bridges().keySet().forEach(bridge -> known.add(VaultNames.bridge(bridge)));
    model.business().keySet().forEach(satellite -> known.add(VaultNames.business(satellite)));
    return DeltaTables.names(lake).stream()
        .filter(name -> name.startsWith(VAULT) && !known.contains(name))
        .filter(
            name ->
                DeltaTable.of(lake, name)
                    .find()
                    .map(now -> model.name().equals(now.properties().get(MODEL)))
                    .orElse(false))
        .toList();
  }

  /**
   * @throws UserException if stored rows would need other hashes: every table with what is stored
   *     and what is asked for
   */
  public VaultPlan orThrow() {
    List<TableDifference> refused = refused();
    if (!refused.isEmpty()) {
      throw refusal(refused);
    }
    return this;
  }

  private static UserException refusal(List<TableDifference> refused) {
    StringBuilder text =
        new StringBuilder(
            "The model asks for other hashes than the lake holds; nothing is loaded.");
    for (TableDifference difference : refused) {
      difference
          .rebuilds()
          .forEach(line -> text.append('\n').append(difference.table()).append(": ").append(line));
    }
    text.append("\nTake the change back, or make these tables anew from bronze by name: larder")
        .append(" rehash --model=... --lake=... --tables=")
        .append(String.join(",", refused.stream().map(TableDifference::table).toList()));
    return new UserException(text.toString());
  }

  /** Creates what the lake lacks and lets every table say how it is hashed. */
  void apply() {
    BucketCounts buckets = BucketCounts.of(lake, tables.model());
    for (VaultTable table : tables.tables()) {
      TableSpec spec = table.spec();
      Map<String, String> properties = TableDifference.properties(tables.model(), table);
      DeltaTable made =
          DeltaTable.create(
              lake,
              new TableSpec(
                  spec.name(),
                  asStored(spec),
                  spec.rule(),
                  Math.max(spec.buckets(), buckets.of(spec.name())),
                  properties));
      made.setProperties(properties);
    }
  }

  /** The columns of a table; those that a load will widen are still as they are stored. */
  private RowSchema asStored(TableSpec spec) {
    RowSchema there =
        stored.containsKey(spec.name())
            ? DeltaTable.of(lake, spec.name()).latest().schema()
            : spec.schema();
    List<Column> columns = new ArrayList<>();
    for (Column column : spec.schema().columns()) {
      int at = there.find(column.name());
      boolean isWidened =
          at >= 0
              && !there.column(at).type().equals(column.type())
              && TableDrift.isWider(there.column(at).type(), column.type());
      columns.add(
          isWidened
              ? new Column(column.name(), there.column(at).type(), column.nullable())
              : column);
    }
    return RowSchema.of(columns);
  }

  /** The names of the tables that would be created. */
  public List<String> created() {
    List<String> created = new ArrayList<>();
    tables.tables().stream()
        .map(VaultTable::name)
        .filter(name -> !stored.containsKey(name))
        .forEach(created::add);
    return created;
  }
}
