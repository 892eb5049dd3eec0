package dev.larder.io.delta.chaos;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A table with a random key, a random rule and columns of random types, and rows for it. */
final class RandomTable {
  static final long OPEN_END = 253_402_214_400_000_000L;
  static final List<String> KEY = List.of("key");
  private static final int KEYS = 6;
  private static final List<ColumnType> KEY_TYPES =
      List.of(
          ColumnType.INT,
          ColumnType.STRING,
          ColumnType.BINARY,
          ColumnType.decimal(20, 3),
          ColumnType.DATE,
          ColumnType.DATETIME);
  private static final List<ColumnType> TYPES =
      List.of(
          ColumnType.BOOLEAN,
          ColumnType.INT,
          ColumnType.integer(8),
          ColumnType.decimal(9, 2),
          ColumnType.decimal(18, 4),
          ColumnType.decimal(38, 10),
          ColumnType.FLOAT,
          ColumnType.DOUBLE,
          ColumnType.STRING,
          ColumnType.JSON,
          ColumnType.BINARY,
          ColumnType.DATE,
          ColumnType.TIME,
          ColumnType.DATETIME,
          ColumnType.TIMESTAMP,
          ColumnType.struct(
              RowSchema.of(
                  Column.nullable("a", ColumnType.INT),
                  Column.nullable("b", ColumnType.array(ColumnType.STRING)))),
          ColumnType.array(ColumnType.decimal(20, 2)),
          ColumnType.map(ColumnType.STRING, ColumnType.DOUBLE));

  final TableSpec spec;

  RandomTable(String name, Random random) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.required("key", KEY_TYPES.get(random.nextInt(KEY_TYPES.size()))));
    columns.add(Column.nullable("order", ColumnType.INT));
    columns.add(Column.nullable("compared", ColumnType.STRING));
    columns.add(Column.nullable("from", ColumnType.TIMESTAMP));
    columns.add(Column.nullable("to", ColumnType.TIMESTAMP));
    columns.add(Column.nullable("current", ColumnType.BOOLEAN));
    for (int i = random.nextInt(4); i > 0; i--) {
      columns.add(Column.nullable("c" + i, TYPES.get(random.nextInt(TYPES.size()))));
    }
    this.spec =
        new TableSpec(name, RowSchema.of(columns), rule(random), 1 + random.nextInt(3), Map.of());
  }

  private static LoadRule rule(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new LoadRule.Append();
      case 1 -> new LoadRule.InsertIfAbsent(KEY);
      case 2 -> new LoadRule.InsertIfChanged(KEY, "order", List.of("compared"));
      case 3 -> new LoadRule.Latest(KEY, "order");
      default -> new LoadRule.Scd2(KEY, List.of("compared"), "from", "to", "current", OPEN_END);
    };
  }

  boolean isHistory() {
    return spec.rule() instanceof LoadRule.Scd2;
  }

  /**
   * A row of one of a few keys.
   *
   * @param clock grows from row to row
   */
  Object[] row(Random random, long clock) {
    return row(random, clock, random.nextInt(KEYS));
  }

  /** A row of a key that no other row has, complete as it is stored. */
  Object[] strange(Random random, long clock) {
    Object[] row = row(random, clock, KEYS + clock);
    row[3] = clock;
    row[4] = OPEN_END;
    row[5] = true;
    return row;
  }

  private Object[] row(Random random, long clock, long key) {
    RowSchema schema = spec.schema();
    Object[] row = new Object[schema.size()];
    row[0] = key(schema.column(0).type(), key);
    row[1] = clock;
    row[2] = "value " + random.nextInt(2);
    row[3] = isHistory() ? clock : null;
    for (int i = 6; i < row.length; i++) {
      row[i] = value(schema.column(i).type(), random);
    }
    return row;
  }

  private static Object key(ColumnType type, long key) {
    return switch (type.kind()) {
      case INT, DATETIME -> (key - 3) * 10_000_000_000L;
      case STRING -> "a key that is longer than the statistics keep \uD83C\uDF55 " + key;
      case BINARY -> BigInteger.valueOf(key * 0x70_01_00_01L + 200).toByteArray();
      case DECIMAL -> BigDecimal.valueOf((key - 3) * 1_000_000_007L, 3);
      default -> (int) (key - 3) * 1000;
    };
  }

  private static Object value(ColumnType type, Random random) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INT -> type.bits() == 8 ? (long) (byte) random.nextInt() : random.nextLong();
      case DECIMAL -> decimal(type, random);
      case FLOAT -> new float[] {0.1f, -0f, Float.NaN, 1e30f}[random.nextInt(4)];
      case DOUBLE -> new double[] {Math.PI, -0d, Double.NaN, -1e300}[random.nextInt(4)];
      case STRING, JSON -> "\"Z\u00fcrich \\ " + "x".repeat(random.nextInt(50)) + "\"";
      case BINARY -> BigInteger.valueOf(random.nextLong()).toByteArray();
      case DATE -> random.nextInt(40_000) - 10_000;
      case TIME -> random.nextLong() % 100_000_000_000L;
      case DATETIME, TIMESTAMP -> random.nextLong() % 4_000_000_000_000_000L;
      case STRUCT ->
          type.fields().columns().stream().map(field -> value(field.type(), random)).toArray();
      case ARRAY -> values(type.element().type(), random);
      case MAP -> entries(type, random);
    };
  }

  private static BigDecimal decimal(ColumnType type, Random random) {
    int digits = 1 + random.nextInt(type.precision());
    BigInteger unscaled = new BigInteger("9".repeat(digits)).subtract(BigInteger.valueOf(7));
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  private static Object[] values(ColumnType element, Random random) {
    Object[] values = new Object[random.nextInt(3)];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(element, random);
    }
    return values;
  }

  private static Object[] entries(ColumnType type, Random random) {
    Object[] entries = new Object[random.nextInt(3)];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Object[] {"key " + i, value(type.value().type(), random)};
    }
    return entries;
  }
}
