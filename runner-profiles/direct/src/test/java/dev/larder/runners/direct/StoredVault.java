package dev.larder.runners.direct;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What the tables of a vault hold, in the form of {@link ExpectedVault}. */
final class StoredVault {
  private static final String OPEN_END = "9999-12-31T00:00:00.000000Z";

  private final Path lake;

  StoredVault(Path lake) {
    this.lake = lake;
  }

  /** One row by names of columns. */
  static final class Row {
    private final RowSchema schema;
    private final Object[] values;

    private Row(RowSchema schema, Object[] values) {
      this.schema = schema;
      this.values = values;
    }

    private Object value(String column) {
      return values[schema.position(column)];
    }

    String text(String column) {
      Object value = value(column);
      ColumnType type = schema.column(schema.position(column)).type();
      return value == null ? null : StoredVault.text(type, value);
    }

    String texts(List<String> columns) {
      return ExpectedVault.text(columns.stream().map(this::text).toList());
    }

    ByteBuffer hash(String column) {
      return ByteBuffer.wrap((byte[]) value(column));
    }

    /** Place and time. */
    String stamp() {
      return value("_seq") + " " + value("_loaded_at");
    }

    /** {@code from..to}, without an end if it is open. */
    String period() {
      boolean isOpen = OPEN_END.equals(text("EffectiveTo"));
      return value("EffectiveFrom") + ".." + (isOpen ? "" : value("EffectiveTo"));
    }

    boolean isEmptyPeriod() {
      return value("EffectiveFrom").equals(value("EffectiveTo"));
    }
  }

  private static String text(ColumnType type, Object value) {
    if (type.kind() == Kind.DOUBLE) {
      double number = (Double) value;
      return number == 0
          ? "0"
          : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
    return Values.text(type, value);
  }

  private void each(String table, java.util.function.Consumer<Row> use) {
    DeltaSnapshot stored = DeltaTable.of(lake.toString(), table).latest();
    try (RowIterator rows = stored.rows()) {
      rows.forEachRemaining(values -> use.accept(new Row(stored.schema(), values)));
    }
  }

  /** The business keys of a hub by their hashes. */
  Map<ByteBuffer, String> keys(String hub, List<String> key) {
    Map<ByteBuffer, String> keys = new HashMap<>();
    each("vault/hub_" + hub, row -> keys.put(row.hash(hub + "_hk"), row.texts(key)));
    return keys;
  }

  private Map<String, List<String>> lists(
      String table, BiConsumer<Row, BiConsumer<String, String>> use) {
    Map<String, List<String>> lists = new HashMap<>();
    each(
        table,
        row ->
            use.accept(
                row,
                (key, line) -> lists.computeIfAbsent(key, any -> new ArrayList<>(1)).add(line)));
    lists.values().forEach(lines -> lines.sort(null));
    return lists;
  }

  Map<String, List<String>> hub(String hub, List<String> key) {
    return lists("vault/hub_" + hub, (row, out) -> out.accept(row.texts(key), row.stamp()));
  }

  Map<String, List<String>> satellite(
      String table, String hashKey, Map<ByteBuffer, String> keys, List<String> columns) {
    return lists(
        table,
        (row, out) ->
            out.accept(
                String.valueOf(keys.get(row.hash(hashKey))),
                row.stamp() + " " + row.texts(columns)));
  }

  /** Rows of a history that hold at some time. */
  Map<String, List<String>> history(String table, List<String> key, List<String> columns) {
    return lists(
        "vault/" + table,
        (row, out) -> {
          if (!row.isEmptyPeriod()) {
            String current = row.period().endsWith("..") ? "true" : "false";
            String wrong = current.equals(row.text("Current")) ? "" : " Current is wrong:";
            out.accept(row.texts(key), row.period() + wrong + " =" + row.texts(columns));
          }
        });
  }

  Map<String, List<String>> link(
      String link, Map<String, Map<ByteBuffer, String>> keys, List<String> hubs) {
    return lists(
        "vault/link_" + link, (row, out) -> out.accept(pair(row, keys, hubs), row.stamp()));
  }

  private static String pair(
      Row row, Map<String, Map<ByteBuffer, String>> keys, List<String> hubs) {
    return ExpectedVault.text(
        hubs.stream().map(hub -> keys.get(hub).get(row.hash(hub + "_hk"))).toList());
  }

  /** Rows of an effectivity satellite by the driving hub's key. */
  Map<String, List<String>> relations(
      String table, Map<String, Map<ByteBuffer, String>> keys, String driving, String other) {
    return lists(
        table,
        (row, out) ->
            out.accept(
                pair(row, keys, List.of(driving)),
                row.value("_seq") + " " + pair(row, keys, List.of(other)) + " " + row.period()));
  }

  /** The places of all records of the log that bronze holds of a source table, ascending. */
  List<String> logged(String bronze) {
    List<String> places = new ArrayList<>();
    each(
        bronze,
        row -> {
          if ("log".equals(row.text("_origin"))) {
            places.add(row.text("_seq"));
          }
        });
    places.sort(null);
    return places;
  }
}
