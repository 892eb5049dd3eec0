package dev.larder.io.delta.filter;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random schemas, rows and filters with few different values, so that filters meet rows. */
public final class RandomTables {
  private static final List<ColumnType> TYPES =
      List.of(
          ColumnType.BOOLEAN,
          ColumnType.INT,
          ColumnType.decimal(9, 2),
          ColumnType.decimal(18, 3),
          ColumnType.decimal(38, 4),
          ColumnType.FLOAT,
          ColumnType.DOUBLE,
          ColumnType.STRING,
          ColumnType.JSON,
          ColumnType.BINARY,
          ColumnType.DATE,
          ColumnType.TIME,
          ColumnType.DATETIME,
          ColumnType.TIMESTAMP);
  private static final double[] DOUBLES = {
    Double.NEGATIVE_INFINITY, -1.5, -0.0, 0.0, 0.1, 1e300, Double.POSITIVE_INFINITY, Double.NaN
  };
  private static final float[] FLOATS = {
    Float.NEGATIVE_INFINITY, -1.5f, -0.0f, 0.0f, 0.1f, 1e30f, Float.POSITIVE_INFINITY, Float.NaN
  };
  private static final String[] TEXT_ENDS = {
    "", "a", "\uFFFD", "\uD83C\uDF55", "\uDBFF\uDFFF", "z", "\uE000x"
  };

  private RandomTables() {}

  /** Two to six columns; the last may be a struct. */
  public static RowSchema schema(Random random) {
    List<Column> columns = new ArrayList<>();
    int size = 2 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      columns.add(Column.nullable("c" + i, TYPES.get(random.nextInt(TYPES.size()))));
    }
    if (random.nextInt(3) == 0) {
      RowSchema fields =
          RowSchema.of(
              Column.nullable("x", TYPES.get(random.nextInt(TYPES.size()))),
              Column.nullable("y.z", ColumnType.INT));
      columns.add(Column.nullable("s", ColumnType.struct(fields)));
    }
    return RowSchema.of(columns);
  }

  /** Some columns have few nulls, some many; rows of a file resemble each other. */
  public static List<Object[]> rows(Random random, RowSchema schema, int count) {
    int spread = 1 + random.nextInt(8);
    int base = random.nextInt(8);
    int nulls = random.nextInt(4);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(random, schema, base, spread, nulls));
    }
    return rows;
  }

  private static Object[] row(Random random, RowSchema schema, int base, int spread, int nulls) {
    Object[] row = new Object[schema.size()];
    for (int i = 0; i < row.length; i++) {
      ColumnType type = schema.column(i).type();
      if (random.nextInt(4) < nulls) {
        continue;
      }
      row[i] =
          type.kind() == Kind.STRUCT
              ? row(random, type.fields(), base, spread, nulls)
              : value(type, (base + random.nextInt(spread)) % 8);
    }
    return row;
  }

  /** One of eight values of a type. */
  public static Serializable value(ColumnType type, int index) {
    return switch (type.kind()) {
      case BOOLEAN -> index % 2 == 0;
      case INT, TIME -> index == 7 ? Long.MAX_VALUE : index == 6 ? Long.MIN_VALUE : (long) index;
      case DECIMAL -> decimal(type, index);
      case FLOAT -> FLOATS[index];
      case DOUBLE -> DOUBLES[index];
      case STRING, JSON -> text(index);
      case BINARY -> index == 0 ? new byte[0] : new byte[] {(byte) (index * 37), (byte) index};
      case DATE -> index == 7 ? 3_000_000 : index * 100 - 300;
      // on both sides of the epoch, some in one millisecond; 7 is behind the year 9999
      case DATETIME, TIMESTAMP -> index == 7 ? 300_000_000_000_000_000L : index * 450L - 1_100L;
      default -> throw new IllegalStateException(type.toString());
    };
  }

  private static BigDecimal decimal(ColumnType type, int index) {
    BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    return switch (index) {
      case 6 -> new BigDecimal(most, type.scale());
      case 7 -> new BigDecimal(most.subtract(BigInteger.ONE), type.scale());
      default -> new BigDecimal(BigInteger.valueOf(index * 7L - 20), type.scale());
    };
  }

  private static String text(int index) {
    String common = index < 3 ? "" : "thirty-two characters and no more".substring(0, 32);
    return common + TEXT_ENDS[index % TEXT_ENDS.length];
  }

  /** A filter of at most some depth over the columns and the struct's fields. */
  public static Filter filter(Random random, RowSchema schema, int depth) {
    int form = random.nextInt(depth == 0 ? 5 : 9);
    return switch (form) {
      case 5 -> Filter.not(filter(random, schema, depth - 1));
      case 6 -> filter(random, schema, depth - 1).and(filter(random, schema, depth - 1));
      case 7 -> filter(random, schema, depth - 1).or(filter(random, schema, depth - 1));
      default -> test(random, schema, form);
    };
  }

  private static Filter test(Random random, RowSchema schema, int form) {
    Column column = schema.column(random.nextInt(schema.size()));
    String name = column.name();
    ColumnType type = column.type();
    if (type.kind() == Kind.STRUCT) {
      if (form == 0) {
        return random.nextBoolean() ? Filter.isNull(name) : Filter.isNotNull(name);
      }
      Column field = type.fields().column(random.nextInt(2));
      name = name + "." + field.name();
      type = field.type();
    }
    switch (form) {
      case 0:
        return random.nextBoolean() ? Filter.isNull(name) : Filter.isNotNull(name);
      case 1:
        return Filter.between(name, value(type, random.nextInt(8)), value(type, random.nextInt(8)));
      case 2:
        List<Serializable> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(value(type, random.nextInt(8)));
        }
        return Filter.isIn(name, values);
      default:
        Filter.Operator[] operators = Filter.Operator.values();
        return new Filter.Comparison(
            name, operators[random.nextInt(operators.length)], value(type, random.nextInt(8)));
    }
  }
}
