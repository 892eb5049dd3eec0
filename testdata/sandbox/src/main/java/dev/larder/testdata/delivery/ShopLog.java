package dev.larder.testdata.delivery;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The log of a shop with orders and units: rows come, change, change their business keys and
 * relations, go and come back. The changes of a transaction share their time, and a row may change
 * more than once in it.
 */
public final class ShopLog {
  private static final TableId ORDERS = new TableId("pos", "orders");
  private static final TableId UNITS = new TableId("pos", "units");

  /** The tables as the source has them. */
  public static final Map<TableId, TableSchema> TABLES =
      Map.of(
          ORDERS,
          new TableSchema(
              ORDERS,
              RowSchema.of(
                  Column.required("id", ColumnType.INT),
                  Column.required("number", ColumnType.STRING),
                  Column.nullable("unit", ColumnType.STRING),
                  Column.nullable("state", ColumnType.STRING)),
              List.of("id")),
          UNITS,
          new TableSchema(
              UNITS,
              RowSchema.of(
                  Column.required("id", ColumnType.INT),
                  Column.required("code", ColumnType.STRING),
                  Column.nullable("name", ColumnType.STRING)),
              List.of("id")));

  /** The text of a model with every kind of history of them. */
  public static final String MODEL =
      """
      vault: shop
      sources:
        pos: {database: pos, record_source: POS}
      hubs:
        order: number
        unit: code
      links:
        order_unit: {hubs: [order, unit], driving: order}
      tables:
        pos.orders:
          order: number
          unit: {code: unit, when_null: skip}
          links: [order_unit]
          satellites:
            order_pos: {of: order, columns: [state]}
            order_flag: {of: order, columns: [state], deletes: flag}
            order_ends: {of: order, columns: [state], load: scd2}
            order_child: {of: order, columns: [state], child: [id], kind: multi_active, grain: row}
            order_events: {of: order, kind: status}
            order_unit_eff: {of: order_unit, kind: effectivity}
          history:
            order_history: {load: scd2, key: {Id: id}, columns: {State: state, Unit: unit}}
        pos.units:
          unit: code
          satellites:
            unit_pos: {of: unit, columns: [name]}
          history:
            unit_history: {load: scd2, key: {Id: id}, columns: {Name: name}}
      """;

  private static final long SECOND = 1_000_000;

  private final Random random;
  private final int keys;
  private final Map<TableId, Map<Long, Object[]>> rows =
      Map.of(ORDERS, new TreeMap<>(), UNITS, new TreeMap<>());
  private long time;

  private ShopLog(long seed, int keys) {
    this.random = new Random(seed);
    this.keys = keys;
  }

  /**
   * A log.
   *
   * @param keys how many rows a table may have
   */
  public static List<ChangeRecord> of(long seed, int changes, int keys) {
    ShopLog log = new ShopLog(seed, keys);
    List<ChangeRecord> all = new ArrayList<>();
    for (int step = 1; step <= changes; step++) {
      all.add(log.change(new Sequence(1, step, 0)));
    }
    return all;
  }

  private ChangeRecord change(Sequence place) {
    time += random.nextInt(3) == 0 ? SECOND : 0;
    TableId table = random.nextInt(4) == 0 ? UNITS : ORDERS;
    long id = 1L + random.nextInt(keys);
    Object[] before = rows.get(table).remove(id);
    boolean goes = before != null && random.nextInt(4) == 0;
    Object[] after = goes ? null : row(table, id, before);
    if (after != null) {
      rows.get(table).put(id, after);
    }
    Operation operation =
        before == null ? Operation.CREATE : goes ? Operation.DELETE : Operation.UPDATE;
    return new ChangeRecord(
        TABLES.get(table), operation, before, after, time, place, Origin.LOG, null);
  }

  private Object[] row(TableId table, long id, Object[] before) {
    String value = random.nextBoolean() ? "A" : random.nextInt(5) == 0 ? null : "B";
    if (table.equals(UNITS)) {
      return new Object[] {id, "U" + id, value};
    }
    // Now and then another business key, never one that another row has.
    String number =
        before != null && random.nextInt(4) > 0
            ? (String) before[1]
            : "N" + id + (random.nextBoolean() ? "" : "x");
    String unit = random.nextInt(6) == 0 ? null : "U" + (1 + random.nextInt(keys));
    return new Object[] {id, number, unit, value};
  }
}
