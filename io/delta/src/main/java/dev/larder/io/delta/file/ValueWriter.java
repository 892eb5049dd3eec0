package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.delta.error.DeltaErrors;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Writes the values of one column, whatever it holds, into the Parquet columns of its leaves.
 * Levels are those of Dremel: at which list a value begins a new element (repetition), how many of
 * the optional and repeated groups around it are there (definition).
 */
abstract class ValueWriter {

  /** Writes a value, or what stands for an absent one. */
  abstract void write(Object value, int repetition, int definition);

  /** Writes that a group around this column is absent or empty. */
  abstract void writeAbsent(int repetition, int definition);

  /** Writes a value that is there as {@link RowCodec} has it; goes behind it. */
  abstract void copy(RowBytes in) throws IOException;

  /** A column without inner columns. */
  abstract static class Leaf extends ValueWriter {
    private final String path;
    private final String name;
    private final boolean nullable;
    final ColumnType type;
    final ColumnWriter out;

    /**
     * @param path of the table, for messages
     * @param name of the column with those around it, for messages
     */
    Leaf(String path, String name, Column column, ColumnWriter out) {
      this.path = path;
      this.name = name;
      this.nullable = column.nullable();
      this.type = column.type();
      this.out = out;
    }

    static Leaf of(String path, String name, Column column, ColumnWriter out) {
      return switch (column.type().kind()) {
        case BOOLEAN -> new Booleans(path, name, column, out);
        case INT -> new Integers(path, name, column, out);
        case TIME, DATETIME, TIMESTAMP -> new Longs(path, name, column, out);
        case DATE -> new Dates(path, name, column, out);
        case FLOAT -> new Floats(path, name, column, out);
        case DOUBLE -> new Doubles(path, name, column, out);
        case STRING, JSON -> new Texts(path, name, column, out);
        case BINARY -> new Bytes(path, name, column, out);
        case DECIMAL -> new Decimals(path, name, column, out);
        case STRUCT, ARRAY, MAP -> throw new IllegalStateException(column + " is no leaf");
      };
    }

    @Override
    final void write(Object value, int repetition, int definition) {
      if (value != null) {
        put(value, repetition, nullable ? definition + 1 : definition);
      } else if (nullable) {
        out.writeNull(repetition, definition);
      } else {
        throw DeltaErrors.absentValue(path, name);
      }
    }

    @Override
    final void writeAbsent(int repetition, int definition) {
      out.writeNull(repetition, definition);
    }

    abstract void put(Object value, int repetition, int definition);

    @Override
    void copy(RowBytes in) throws IOException {
      put(RowCodec.readValue(type, in), 0, level());
    }

    /** Of a value that is there, in a column of the row itself. */
    final int level() {
      return nullable ? 1 : 0;
    }

    /** Bytes of an array that is not written to again: bounds and dictionaries need no copies. */
    static Binary bytes(RowBytes in) throws IOException {
      long length = RowCodec.readLong(in);
      return length < 0
          ? Binary.fromConstantByteArray(in.repeated(length))
          : Binary.fromConstantByteArray(in.array(), in.pass((int) length), (int) length);
    }

    final RuntimeException outOfRange(ColumnType type, Object value) {
      return DeltaErrors.outOfRange(path, name, type, value);
    }
  }

  private static final class Booleans extends Leaf {
    Booleans(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      out.write((boolean) (Boolean) value, repetition, definition);
    }
  }

  private static final class Longs extends Leaf {
    Longs(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      out.write((long) (Long) value, repetition, definition);
    }

    @Override
    void copy(RowBytes in) throws IOException {
      out.write(RowCodec.readLong(in), 0, level());
    }
  }

  private static final class Integers extends Leaf {
    private final int unused;

    Integers(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
      this.unused = Long.SIZE - type.bits();
    }

    @Override
    void put(Object value, int repetition, int definition) {
      write((long) (Long) value, repetition, definition);
    }

    @Override
    void copy(RowBytes in) throws IOException {
      write(RowCodec.readLong(in), 0, level());
    }

    private void write(long number, int repetition, int definition) {
      if (unused == 0) {
        out.write(number, repetition, definition);
      } else if (number << unused >> unused == number) {
        out.write((int) number, repetition, definition);
      } else {
        throw outOfRange(type, number);
      }
    }
  }

  private static final class Dates extends Leaf {
    Dates(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      out.write((int) (Integer) value, repetition, definition);
    }

    @Override
    void copy(RowBytes in) throws IOException {
      out.write((int) RowCodec.readLong(in), 0, level());
    }
  }

  private static final class Floats extends Leaf {
    Floats(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      out.write((float) (Float) value, repetition, definition);
    }
  }

  private static final class Doubles extends Leaf {
    Doubles(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      out.write((double) (Double) value, repetition, definition);
    }
  }

  private static final class Texts extends Leaf {
    private String last;
    private Binary bytes;

    Texts(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      if (!value.equals(last)) {
        // Binary.fromString goes through byte buffers at every look at the value.
        last = (String) value;
        bytes = Binary.fromConstantByteArray(last.getBytes(StandardCharsets.UTF_8));
      }
      out.write(bytes, repetition, definition);
    }

    @Override
    void copy(RowBytes in) throws IOException {
      out.write(bytes(in), 0, level());
    }
  }

  private static final class Bytes extends Leaf {
    Bytes(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      out.write(Binary.fromConstantByteArray((byte[]) value), repetition, definition);
    }

    @Override
    void copy(RowBytes in) throws IOException {
      out.write(bytes(in), 0, level());
    }
  }

  private static final class Decimals extends Leaf {
    private final PrimitiveTypeName primitive;
    private final int length;

    /** The first unscaled value that has too many digits. */
    private final long limit;

    Decimals(String path, String name, Column column, ColumnWriter out) {
      super(path, name, column, out);
      this.primitive = ParquetTypes.decimalPrimitive(type);
      this.length = ParquetTypes.decimalBytes(type.precision());
      this.limit =
          primitive == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
              ? 0
              : BigInteger.TEN.pow(type.precision()).longValueExact();
    }

    /** Without an object for a value that a long holds. */
    @Override
    void copy(RowBytes in) throws IOException {
      int start = in.place();
      if (RowCodec.readLong(in) == 0) {
        long unscaled = RowCodec.readLong(in);
        if (Math.abs(unscaled) < limit && primitive == PrimitiveTypeName.INT32) {
          out.write((int) unscaled, 0, level());
          return;
        } else if (Math.abs(unscaled) < limit) {
          out.write(unscaled, 0, level());
          return;
        }
      }
      in.moveTo(start);
      super.copy(in);
    }

    @Override
    void put(Object value, int repetition, int definition) {
      BigDecimal decimal = (BigDecimal) value;
      if (decimal.scale() != type.scale() || decimal.precision() > type.precision()) {
        throw outOfRange(type, decimal.toPlainString());
      }
      if (primitive == PrimitiveTypeName.INT32) {
        out.write(decimal.unscaledValue().intValue(), repetition, definition);
      } else if (primitive == PrimitiveTypeName.INT64) {
        out.write(decimal.unscaledValue().longValue(), repetition, definition);
      } else {
        byte[] bytes = decimal.unscaledValue().toByteArray();
        byte[] fixed = new byte[length];
        if (bytes[0] < 0) {
          Arrays.fill(fixed, 0, length - bytes.length, (byte) -1);
        }
        System.arraycopy(bytes, 0, fixed, length - bytes.length, bytes.length);
        out.write(Binary.fromConstantByteArray(fixed), repetition, definition);
      }
    }
  }
}
