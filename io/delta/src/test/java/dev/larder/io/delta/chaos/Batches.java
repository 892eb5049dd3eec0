package dev.larder.io.delta.chaos;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Batches of rows for three tables, one of each kind of rule, as a source makes them: the same
 * whenever they are asked for. Each brings each table something new.
 */
final class Batches {
  static final String LOG = "bronze/log";
  static final String SAT = "vault/sat";
  static final String HISTORY = "mart/history";
  static final List<String> TABLES = List.of(LOG, SAT, HISTORY);
  static final long END = 253_402_214_400_000_000L;

  private static final int KEYS = 25;
  private static final int EVENTS = 12;
  private static final RowSchema CHANGE =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.nullable("order", ColumnType.INT),
          Column.nullable("value", ColumnType.STRING));
  private static final RowSchema VERSION =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.nullable("value", ColumnType.STRING),
          Column.nullable("current", ColumnType.BOOLEAN),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP));
  static final List<TableSpec> SPECS =
      List.of(
          new TableSpec(LOG, CHANGE, new LoadRule.Append(), 1, Map.of()),
          new TableSpec(
              SAT,
              CHANGE,
              new LoadRule.InsertIfChanged(List.of("key"), "order", List.of("value")),
              3,
              Map.of()),
          new TableSpec(
              HISTORY,
              VERSION,
              new LoadRule.Scd2(List.of("key"), List.of("value"), "from", "to", "current", END),
              3,
              Map.of()));

  private Batches() {}

  /**
   * What happened to a key.
   *
   * @param order grows from event to event, over all batches
   * @param value null if the key was deleted
   */
  record Event(String key, long order, String value) {}

  static List<Event> events(long batch) {
    Random random = new Random(batch);
    List<Event> events = new ArrayList<>();
    events.add(new Event("always", batch * EVENTS, "batch " + batch));
    for (int i = 1; i < EVENTS; i++) {
      String value = random.nextInt(5) == 0 ? null : "value " + random.nextInt(3);
      events.add(new Event("key " + random.nextInt(KEYS), batch * EVENTS + i, value));
    }
    return events;
  }

  static List<TableRow> rows(long batch) {
    List<TableRow> rows = new ArrayList<>();
    for (Event event : events(batch)) {
      long order = event.order();
      if (event.value() == null) {
        rows.add(Rows.delete(HISTORY, VERSION, order, event.key(), null, null, order, null));
        continue;
      }
      rows.add(Rows.put(LOG, CHANGE, order, event.key(), order, event.value()));
      rows.add(Rows.put(SAT, CHANGE, order, event.key(), order, event.value()));
      rows.add(Rows.put(HISTORY, VERSION, order, event.key(), event.value(), null, order, null));
    }
    return rows;
  }
}
