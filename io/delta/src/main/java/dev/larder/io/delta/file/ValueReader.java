package dev.larder.io.delta.file;

import dev.larder.io.changes.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Makes canonical values of a Parquet column's primitives, whatever form the file's writer chose:
 * timestamps as INT96, milliseconds, microseconds or nanoseconds, decimals in any of Parquet's four
 * forms and at a smaller scale, integers of any width, also for wider types of the table.
 */
abstract class ValueReader extends PrimitiveConverter {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long EPOCH_JULIAN_DAY = 2_440_588L;

  /** Where a value goes. */
  interface Target {
    void set(int position, Object value);
  }

  private Target target;
  private int position;

  /**
   * @throws IllegalArgumentException if values of the file's type cannot become the wanted one
   */
  static ValueReader of(ColumnType wanted, PrimitiveType file, Target target, int position) {
    ValueReader reader = of(wanted, file);
    if (reader == null) {
      throw new IllegalArgumentException(
          "column \""
              + file.getName()
              + "\" is "
              + file
              + " in the file, "
              + wanted
              + " in the table");
    }
    reader.target = target;
    reader.position = position;
    return reader;
  }

  private static ValueReader of(ColumnType wanted, PrimitiveType file) {
    PrimitiveTypeName form = file.getPrimitiveTypeName();
    boolean whole = form == PrimitiveTypeName.INT32 || form == PrimitiveTypeName.INT64;
    boolean bytes =
        form == PrimitiveTypeName.BINARY || form == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    return switch (wanted.kind()) {
      case BOOLEAN -> form == PrimitiveTypeName.BOOLEAN ? new Booleans() : null;
      case INT, TIME -> whole ? new Integers() : null;
      case DATE -> form == PrimitiveTypeName.INT32 ? new Dates() : null;
      case FLOAT -> form == PrimitiveTypeName.FLOAT ? new Floats() : null;
      case DOUBLE ->
          form == PrimitiveTypeName.DOUBLE || form == PrimitiveTypeName.FLOAT
              ? new Doubles()
              : null;
      case STRING, JSON -> bytes ? new Texts() : null;
      case BINARY -> bytes ? new Bytes() : null;
      case DECIMAL -> whole || bytes ? new Decimals(scale(file), wanted.scale()) : null;
      case DATETIME, TIMESTAMP ->
          switch (form) {
            case INT96 -> new Int96();
            case INT64 -> new Micros(unit(file));
            default -> null;
          };
      case STRUCT, ARRAY, MAP -> null;
    };
  }

  private static int scale(PrimitiveType file) {
    return file.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
        ? decimal.getScale()
        : 0;
  }

  private static TimeUnit unit(PrimitiveType file) {
    return file.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
        ? timestamp.getUnit()
        : TimeUnit.MICROS;
  }

  final void put(Object value) {
    target.set(position, value);
  }

  /** For a column that is read only because its group's presence must be known. */
  static final class Ignored extends PrimitiveConverter {
    @Override
    public void addBinary(Binary value) {}

    @Override
    public void addBoolean(boolean value) {}

    @Override
    public void addDouble(double value) {}

    @Override
    public void addFloat(float value) {}

    @Override
    public void addInt(int value) {}

    @Override
    public void addLong(long value) {}
  }

  private static final class Booleans extends ValueReader {
    @Override
    public void addBoolean(boolean value) {
      put(value);
    }
  }

  private static final class Floats extends ValueReader {
    @Override
    public void addFloat(float value) {
      put(value);
    }
  }

  private static final class Doubles extends ValueReader {
    @Override
    public void addDouble(double value) {
      put(value);
    }

    @Override
    public void addFloat(float value) {
      put((double) value);
    }
  }

  private static final class Integers extends ValueReader {
    @Override
    public void addInt(int value) {
      put((long) value);
    }

    @Override
    public void addLong(long value) {
      put(value);
    }
  }

  private static final class Dates extends ValueReader {
    @Override
    public void addInt(int value) {
      put(value);
    }
  }

  /** Values that are expensive to make and often repeat: made once for each dictionary entry. */
  private abstract static class Repeating extends ValueReader {
    private Object[] entries;

    abstract Object value(Binary bytes);

    @Override
    public final boolean hasDictionarySupport() {
      return true;
    }

    @Override
    public final void setDictionary(Dictionary values) {
      entries = new Object[values.getMaxId() + 1];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = value(values, i);
      }
    }

    Object value(Dictionary values, int id) {
      return value(values.decodeToBinary(id));
    }

    @Override
    public final void addValueFromDictionary(int id) {
      put(entries[id]);
    }

    @Override
    public final void addBinary(Binary bytes) {
      put(value(bytes));
    }
  }

  private static final class Texts extends Repeating {
    @Override
    Object value(Binary bytes) {
      return bytes.toStringUsingUTF8();
    }
  }

  private static final class Bytes extends ValueReader {
    @Override
    public void addBinary(Binary bytes) {
      put(bytes.getBytes());
    }
  }

  private static final class Int96 extends Repeating {
    @Override
    Object value(Binary bytes) {
      ByteBuffer buffer = bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      long nanosOfDay = buffer.getLong(buffer.position());
      long julianDay = buffer.getInt(buffer.position() + Long.BYTES);
      return (julianDay - EPOCH_JULIAN_DAY) * MICROS_PER_DAY + Math.floorDiv(nanosOfDay, 1000L);
    }
  }

  private static final class Micros extends ValueReader {
    private final TimeUnit unit;

    Micros(TimeUnit unit) {
      this.unit = unit;
    }

    @Override
    public void addLong(long value) {
      put(
          switch (unit) {
            case MILLIS -> Math.multiplyExact(value, 1000L);
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, 1000L);
          });
    }
  }

  private static final class Decimals extends ValueReader {
    private final int scale;
    private final int wanted;

    Decimals(int scale, int wanted) {
      this.scale = scale;
      this.wanted = wanted;
    }

    private void put(BigDecimal value) {
      super.put(scale == wanted ? value : value.setScale(wanted));
    }

    @Override
    public void addInt(int value) {
      put(BigDecimal.valueOf(value, scale));
    }

    @Override
    public void addLong(long value) {
      put(BigDecimal.valueOf(value, scale));
    }

    @Override
    public void addBinary(Binary value) {
      put(new BigDecimal(new BigInteger(value.getBytesUnsafe()), scale));
    }
  }
}
