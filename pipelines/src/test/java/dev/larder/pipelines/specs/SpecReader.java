package dev.larder.pipelines.specs;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads spec files. A file is a list of
 *
 * <pre>{@code
 * - it: keeps A, B and A again
 *   model: |                                   # without vault and sources: shop and crm are there
 *     hubs: {customer: id}
 *     tables: {shop.customers: {customer: id, ...}}
 *   tables:
 *     shop.customers: {key: id, columns: "id int!, name string"}   # ! is not null
 *     shop.customers@2: ...                    # the same table after a schema change
 *   when:
 *     - - {at: 1, create: shop.customers, row: {id: 1, name: A}}   # a batch
 *       - {at: 2, update: shop.customers, row: {id: 1, name: B}}   # was: the row of this key before
 *   expect:
 *     sat_customer_shop:                       # all rows; only these columns are compared
 *       - {customer: 1, name: A, at: 1}        # customer: the key behind customer_hk; at: of _seq
 *   rejected: ["No business key"]
 * }</pre>
 *
 * {@code at} N is place N of the log and N seconds after 2024-01-01T00:00:00Z, unless {@code time}
 * says another time. Operations: read, create, update, delete, truncate.
 */
final class SpecReader {
  private static final long EPOCH = Values.micros(Instant.parse("2024-01-01T00:00:00Z"));
  private static final String SOURCES =
      "vault: spec\nsources:\n"
          + "  shop: {database: shop, record_source: SHOP}\n"
          + "  crm: {database: crm, record_source: CRM}\n";

  private final Map<String, TableSchema> versions = new LinkedHashMap<>();
  private final Map<TableId, TableSchema> catalogue = new LinkedHashMap<>();
  private final Map<List<Object>, Object[]> rows = new HashMap<>();

  private SpecReader() {}

  static List<Spec> read(String file, String text) {
    List<Spec> specs = new ArrayList<>();
    for (Object each : list(plain(new Yaml().compose(new StringReader(text))))) {
      specs.add(new SpecReader().spec(file, map(each)));
    }
    return specs;
  }

  private Spec spec(String file, Map<String, Object> entries) {
    String name = file + ": " + entries.get("it");
    map(entries.get("tables")).forEach((table, entry) -> table(table, map(entry)));
    VaultModel model = VaultModelReader.read(name, SOURCES + entries.get("model"));
    Map<TableId, TableSchema> first = Map.copyOf(catalogue);
    List<Spec.Batch> batches = new ArrayList<>();
    for (Object batch : list(entries.get("when"))) {
      List<ChangeRecord> changes = new ArrayList<>();
      list(batch).forEach(change -> changes.add(change(map(change))));
      batches.add(new Spec.Batch(Map.copyOf(catalogue), changes));
    }
    Map<String, List<Map<String, String>>> expected = new LinkedHashMap<>();
    map(entries.get("expect"))
        .forEach(
            (table, expectedRows) ->
                expected.put(table, list(expectedRows).stream().map(SpecReader::texts).toList()));
    List<String> rejected =
        list(entries.getOrDefault("rejected", List.of())).stream().map(String::valueOf).toList();
    return new Spec(name, model, first, batches, expected, rejected);
  }

  private void table(String version, Map<String, Object> entry) {
    TableId id = TableId.parse(version.replaceAll("@.*", ""));
    List<Column> columns = new ArrayList<>();
    for (String column : ((String) entry.get("columns")).split(", ")) {
      String name = column.substring(0, column.indexOf(' '));
      String type = column.substring(name.length() + 1);
      columns.add(
          type.endsWith("!")
              ? Column.required(name, ColumnType.parse(type.substring(0, type.length() - 1)))
              : Column.nullable(name, ColumnType.parse(type)));
    }
    List<String> key = List.of(((String) entry.get("key")).split(", "));
    TableSchema schema = new TableSchema(id, RowSchema.of(columns), key);
    versions.put(version, schema);
    catalogue.putIfAbsent(id, schema);
  }

  private ChangeRecord change(Map<String, Object> entry) {
    Operation operation = null;
    TableSchema table = null;
    for (Operation each : Operation.values()) {
      Object version = entry.get(each.name().toLowerCase(Locale.ROOT));
      if (version != null) {
        operation = each;
        table = versions.get(version);
      }
    }
    if (table == null) {
      throw new IllegalArgumentException("no operation on a known table in " + entry);
    }
    catalogue.put(table.id(), table);
    long at = Long.parseLong((String) entry.get("at"));
    String time = (String) entry.get("time");
    long committedAt = time == null ? EPOCH + at * 1_000_000 : Values.micros(Instant.parse(time));
    Object[] row = entry.containsKey("row") ? row(table, map(entry.get("row"))) : null;
    Object[] was = entry.containsKey("was") ? row(table, map(entry.get("was"))) : null;
    boolean isEnd = operation == Operation.DELETE;
    if (was == null && (isEnd || operation == Operation.UPDATE)) {
      was = rows.get(key(table, row));
      if (was == null || was.length != row.length) {
        was = row;
      }
    }
    if (row != null && !isEnd) {
      rows.put(key(table, row), row);
    }
    return new ChangeRecord(
        table,
        operation,
        was,
        isEnd ? null : row,
        committedAt,
        new Sequence(1, at, 0),
        operation == Operation.READ ? Origin.SNAPSHOT : Origin.LOG,
        null);
  }

  private static Object[] row(TableSchema table, Map<String, Object> cells) {
    RowSchema columns = table.columns();
    Object[] row = new Object[columns.size()];
    cells.forEach(
        (name, text) -> {
          int position = columns.position(name);
          row[position] = Cells.value(columns.column(position).type(), (String) text);
        });
    return row;
  }

  private static List<Object> key(TableSchema table, Object[] row) {
    List<Object> key = new ArrayList<>(List.of(table.id()));
    table.key().forEach(name -> key.add(row[table.columns().position(name)]));
    return key;
  }

  private static Map<String, String> texts(Object row) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(row).forEach((name, text) -> texts.put(name, (String) text));
    return texts;
  }

  /** Maps, lists and texts: what a value means, its column says. */
  private static Object plain(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      mapping
          .getValue()
          .forEach(
              each ->
                  map.put(((ScalarNode) each.getKeyNode()).getValue(), plain(each.getValueNode())));
      return map;
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(SpecReader::plain).toList();
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.isPlain() && scalar.getValue().equals("~") ? null : scalar.getValue();
  }

  @SuppressWarnings("unchecked") // of plain()
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // of plain()
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
