package dev.larder.runners.direct;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
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
import java.util.function.Consumer;

/** What the tables of a vault hold, in the form of {@link ExpectedVault}. */
final class StoredVault {
  /** 9999-12-31T00:00:00Z in microseconds. */
  private static final long OPEN_END = 253_402_214_400_000_000L;

  private static final String NONE = "NULL";

  private final Path lake;

  StoredVault(Path lake) {
    this.lake = lake;
  }

  /** One row after the other, in some columns. */
  private static final class Row {
    private final ColumnType[] types;
    private Object[] values;

    private Row(DeltaSnapshot stored, List<String> columns) {
      this.types =
          columns.stream()
              .map(column -> stored.schema().column(stored.schema().position(column)).type())
              .toArray(ColumnType[]::new);
    }

    Object value(int column) {
      return values[column];
    }

    String text(int column) {
      Object value = values[column];
      return value == null ? NONE : StoredVault.text(types[column], value);
    }

    /** The texts of a column and those behind it up to another one. */
    String texts(int from, int to) {
      StringBuilder texts = new StringBuilder();
      for (int column = from; column < to; column++) {
        texts.append(column == from ? "" : "|").append(text(column));
      }
      return texts.toString();
    }

    String textsFrom(int from) {
      return texts(from, types.length);
    }

    ByteBuffer hash(int column) {
      return ByteBuffer.wrap((byte[]) values[column]);
    }

    /** {@code from..to}, without an end if it is open. */
    String period(int from) {
      return values[from] + ".." + (isOpen(from) ? "" : values[from + 1]);
    }

    boolean isOpen(int from) {
      return values[from + 1].equals(OPEN_END);
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

  private void each(String table, List<String> columns, Consumer<Row> use) {
    DeltaSnapshot stored = DeltaTable.of(lake.toString(), table).latest();
    Row row = new Row(stored, columns);
    try (RowIterator rows = stored.rows(columns)) {
      while (rows.hasNext()) {
        row.values = rows.next();
        use.accept(row);
      }
    }
  }

  private static List<String> columns(List<String> first, List<String> more) {
    List<String> columns = new ArrayList<>(first);
    columns.addAll(more);
    return columns;
  }

  /** The business keys of a hub by their hashes. */
  Map<ByteBuffer, String> keys(String hub, List<String> key) {
    Map<ByteBuffer, String> keys = new HashMap<>();
    List<String> columns = columns(List.of(hub + "_hk"), key);
    each("vault/hub_" + hub, columns, row -> keys.put(row.hash(0), row.textsFrom(1)));
    return keys;
  }

  /** The keys of two hubs by the hash of their link. */
  Map<ByteBuffer, String> pairs(
      String link, Map<String, Map<ByteBuffer, String>> keys, List<String> hubs) {
    Map<ByteBuffer, String> pairs = new HashMap<>();
    List<String> columns = columns(List.of(link + "_hk"), hashes(hubs));
    each("vault/link_" + link, columns, row -> pairs.put(row.hash(0), pair(row, 1, keys, hubs)));
    return pairs;
  }

  private static List<String> hashes(List<String> hubs) {
    return hubs.stream().map(hub -> hub + "_hk").toList();
  }

  private static String pair(
      Row row, int first, Map<String, Map<ByteBuffer, String>> keys, List<String> hubs) {
    String left = keys.get(hubs.get(0)).get(row.hash(first));
    return left + "|" + keys.get(hubs.get(1)).get(row.hash(first + 1));
  }

  void hub(String hub, List<String> key, Lines out) {
    List<String> columns = columns(List.of("_seq", "_loaded_at"), key);
    each("vault/hub_" + hub, columns, row -> out.add(row.textsFrom(2), stamp(row, 0)));
  }

  private static String stamp(Row row, int first) {
    return row.value(first) + " " + row.value(first + 1) + " ";
  }

  void satellite(
      String table, String hashKey, Map<ByteBuffer, String> keys, List<String> payload, Lines out) {
    each(
        "vault/" + table,
        columns(List.of(hashKey, "_seq", "_loaded_at"), payload),
        row -> out.add(String.valueOf(keys.get(row.hash(0))), stamp(row, 1) + row.textsFrom(3)));
  }

  /** Rows of a history that hold at some time. */
  void history(String table, List<String> key, List<String> payload, Lines out) {
    int width = 3 + key.size();
    each(
        "vault/" + table,
        columns(columns(List.of("EffectiveFrom", "EffectiveTo", "Current"), key), payload),
        row -> {
          if (!row.value(0).equals(row.value(1))) {
            boolean isWrong = row.isOpen(0) != (Boolean) row.value(2);
            String wrong = isWrong ? " Current is wrong:" : "";
            out.add(row.texts(3, width), row.period(0) + wrong + " =" + row.textsFrom(width));
          }
        });
  }

  void link(String link, Map<String, Map<ByteBuffer, String>> keys, List<String> hubs, Lines out) {
    each(
        "vault/link_" + link,
        columns(List.of("_seq", "_loaded_at"), hashes(hubs)),
        row -> out.add(pair(row, 2, keys, hubs), stamp(row, 0)));
  }

  /** Rows of an effectivity satellite by the driving hub's key. */
  void relations(
      String table,
      Map<String, Map<ByteBuffer, String>> keys,
      String driving,
      String other,
      Lines out) {
    each(
        "vault/" + table,
        List.of("_seq", "EffectiveFrom", "EffectiveTo", driving + "_hk", other + "_hk"),
        row ->
            out.add(
                String.valueOf(keys.get(driving).get(row.hash(3))),
                row.value(0) + " " + keys.get(other).get(row.hash(4)) + " " + row.period(1)));
  }

  /** The places of all records of the log that bronze holds of a source table. */
  void logged(String bronze, Consumer<String> out) {
    each(
        bronze,
        List.of("_origin", "_seq"),
        row -> {
          if ("log".equals(row.value(0))) {
            out.accept(row.text(1));
          }
        });
  }
}
