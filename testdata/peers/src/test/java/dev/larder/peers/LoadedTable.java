package dev.larder.peers;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A table of each rule, batches for it, and what a batch makes of its rows, by a plain model. */
enum LoadedTable {
  APPENDED(new LoadRule.Append(), 1),
  INSERTED_IF_ABSENT(new LoadRule.InsertIfAbsent(List.of("id")), 2),
  INSERTED_IF_CHANGED(
      new LoadRule.InsertIfChanged(List.of("id"), "at", List.of("name", "price")), 2),
  SCD2(
      new LoadRule.Scd2(
          List.of("id"), List.of("name", "price"), "at", "until", "current", Constants.OPEN_END),
      2),
  LATEST(new LoadRule.Latest(List.of("id"), "at"), 2);

  private static final class Constants {
    static final long OPEN_END = EveryType.micros("9999-12-31T00:00:00Z");
    static final long START = EveryType.micros("2024-01-01T00:00:00.000001Z");
    static final RowSchema SCHEMA =
        RowSchema.of(
            Column.required("id", ColumnType.INT),
            Column.nullable("name", ColumnType.STRING),
            Column.nullable("price", ColumnType.decimal(12, 2)),
            Column.nullable("at", ColumnType.TIMESTAMP),
            Column.nullable("until", ColumnType.TIMESTAMP),
            Column.nullable("current", ColumnType.BOOLEAN),
            Column.nullable("hk", ColumnType.BINARY));
  }

  private static final int ID = 0;
  private static final int PRICE = 2;
  private static final int AT = 3;
  private static final int UNTIL = 4;
  private static final int CURRENT = 5;

  private final LoadRule rule;
  private final int buckets;

  LoadedTable(LoadRule rule, int buckets) {
    this.rule = rule;
    this.buckets = buckets;
  }

  TableSpec spec() {
    String name = "vault/" + name().toLowerCase(Locale.ROOT);
    return new TableSpec(name, Constants.SCHEMA, rule, buckets, Map.of());
  }

  /** Rows of the ids from 0 on. */
  List<TableRow> firstRows(int count) {
    List<TableRow> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      rows.add(put(row(id, new BigDecimal(id + ".25"), Constants.START + id)));
    }
    return rows;
  }

  /** The next version of a key: {@code number} sets its price and orders it among the key's. */
  TableRow version(long id, int number) {
    return put(row(id, new BigDecimal(number + ".00"), Constants.START + number * 1_000_000L));
  }

  /** The SCD2 rows of a key whose versions came in this order. */
  static List<Object[]> history(List<TableRow> versions) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      boolean last = i == versions.size() - 1;
      Object until = last ? (Object) Constants.OPEN_END : versions.get(i + 1).values()[AT];
      rows.add(ended(versions.get(i).values(), until, last));
    }
    return rows;
  }

  /** A row as it is stored, a changed row of another stored key, and a row of a new key. */
  List<TableRow> batch(List<Object[]> stored, long newId) {
    List<Object[]> newest = newestOfEachKey(stored);
    long at = Constants.START + newId * 1_000_000;
    Object[] same = incoming(newest.get(7), at);
    Object[] changed = incoming(newest.get(8), at);
    changed[PRICE] = ((BigDecimal) changed[PRICE]).add(BigDecimal.TEN);
    return List.of(put(same), put(changed), put(row(newId, BigDecimal.ONE.setScale(2), at)));
  }

  /** The stored rows after a batch of {@link #batch}, in the columns that the table has now. */
  List<Object[]> after(List<Object[]> stored, List<TableRow> batch, RowSchema columns) {
    List<Object[]> rows = new ArrayList<>(stored);
    Object[] same = batch.get(0).values();
    Object[] changed = batch.get(1).values();
    Object[] added = batch.get(2).values();
    switch (this) {
      case APPENDED -> rows.addAll(List.of(same, changed, added));
      case INSERTED_IF_ABSENT -> rows.add(added);
      case INSERTED_IF_CHANGED -> rows.addAll(List.of(changed, added));
      case SCD2 -> {
        rows.replaceAll(row -> isOpen(row, changed[ID]) ? ended(row, changed[AT], false) : row);
        rows.add(ended(changed, Constants.OPEN_END, true));
        rows.add(ended(added, Constants.OPEN_END, true));
      }
      case LATEST -> {
        rows.removeIf(row -> row[ID].equals(same[ID]) || row[ID].equals(changed[ID]));
        rows.addAll(List.of(same, changed, added));
      }
    }
    rows.replaceAll(row -> Arrays.copyOf(row, columns.size()));
    return rows;
  }

  private static List<Object[]> newestOfEachKey(List<Object[]> stored) {
    Map<Object, Object[]> newest = new TreeMap<>();
    stored.stream()
        .sorted(Comparator.comparing(row -> (Long) row[AT]))
        .forEach(row -> newest.put(row[ID], row));
    return List.copyOf(newest.values());
  }

  private static Object[] incoming(Object[] stored, long at) {
    Object[] row = Arrays.copyOf(stored, Constants.SCHEMA.size());
    row[AT] = at;
    return ended(row, null, null);
  }

  private static Object[] row(long id, BigDecimal price, long at) {
    return new Object[] {id, "Pizza " + id, price, at, null, null, new byte[] {(byte) id, 1}};
  }

  private static boolean isOpen(Object[] row, Object id) {
    return row[ID].equals(id) && Boolean.TRUE.equals(row[CURRENT]);
  }

  private static Object[] ended(Object[] row, Object until, Object current) {
    Object[] ended = row.clone();
    ended[UNTIL] = until;
    ended[CURRENT] = current;
    return ended;
  }

  private TableRow put(Object[] values) {
    return TableRow.put(spec().name(), Constants.SCHEMA, values, Lake.seq((Long) values[AT]));
  }
}
