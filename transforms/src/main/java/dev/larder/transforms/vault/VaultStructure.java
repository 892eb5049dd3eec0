package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * One structure of a Data Vault as a table of its own: its columns, how rows are loaded into it,
 * and which values a row must have to be loaded at all. The kinds are in {@link Structures} and
 * {@link Satellites}; names and types of columns are the maker's choice.
 *
 * <p>This is the one place that says so: {@link TableSpecs} makes structures from a model, and
 * whoever has staged rows of named columns can load them by the same rules:
 *
 * <pre>{@code
 * VaultStructure hub = new Structures.Hub(hashKey, List.of(businessKey), stamps);
 * TableSpec spec = hub.spec("vault/hub_customer", 1, Map.of());  // for DeltaIO.mergeRows().withTables
 * RowsOf rows = RowsOf.of(hub, spec.name(), stagedColumns);
 * rows.put(stagedRow, order).ifPresent(out::output);             // a TableRow for mergeRows
 * }</pre>
 */
public interface VaultStructure extends Serializable {

  /** The table's columns in the order in which they are stored. */
  List<Column> columns();

  LoadRule rule();

  /** Columns without which a row is not loaded: hash keys and what tells rows of one key apart. */
  List<String> required();

  /** The table as a sink needs it. */
  default TableSpec spec(String table, int buckets, Map<String, String> properties) {
    return new TableSpec(table, RowSchema.of(columns()), rule(), buckets, properties);
  }
}
