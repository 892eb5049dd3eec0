package dev.larder.io.delta.file;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Makes rows of canonical values in the order of a wanted schema; only its columns are read.
 * Columns that the file lacks are null. Timestamps are read in microseconds whatever the file's
 * form (INT96, milliseconds, nanoseconds).
 */
public final class RowMaterializer extends RecordMaterializer<Object[]> {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long EPOCH_JULIAN_DAY = 2_440_588L;

  private final RowConverter root;

  /**
   * @param requested {@link #project}ed from the file's schema
   */
  RowMaterializer(RowSchema wanted, MessageType requested) {
    this.root = new RowConverter(wanted, requested, null, 0);
  }

  @Override
  public Object[] getCurrentRecord() {
    return root.row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  /** The part of a file's schema that holds the wanted columns. */
  static MessageType project(RowSchema wanted, MessageType file) {
    return new MessageType("row", projected(wanted, file));
  }

  private static List<Type> projected(RowSchema schema, GroupType file) {
    List<Type> wanted = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.column(i).name();
      if (!file.containsField(name)) {
        continue;
      }
      Type field = file.getType(name);
      if (field.isPrimitive()) {
        wanted.add(field);
      } else {
        GroupType group = field.asGroupType();
        List<Type> inner = projected(schema.column(i).type().fields(), group);
        // A struct none of whose wanted fields is in the file still tells whether it is there.
        wanted.add(group.withNewFields(inner.isEmpty() ? List.of(group.getType(0)) : inner));
      }
    }
    return wanted;
  }

  private static final class RowConverter extends GroupConverter {
    private final Converter[] converters;
    private final int size;
    private final RowConverter parent;
    private final int position;
    private Object[] row;

    RowConverter(RowSchema schema, GroupType file, RowConverter parent, int position) {
      this.size = schema.size();
      this.parent = parent;
      this.position = position;
      this.converters = new Converter[file.getFieldCount()];
      for (int i = 0; i < converters.length; i++) {
        Type field = file.getType(i);
        int target = schema.find(field.getName());
        if (target < 0) {
          converters[i] =
              field.isPrimitive()
                  ? new Ignored()
                  : new RowConverter(RowSchema.of(), field.asGroupType(), null, 0);
        } else if (field.isPrimitive()) {
          converters[i] =
              new ValueConverter(this, target, reader(schema.column(target).type(), field));
        } else {
          converters[i] =
              new RowConverter(
                  schema.column(target).type().fields(), field.asGroupType(), this, target);
        }
      }
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {
      row = new Object[size];
    }

    @Override
    public void end() {
      if (parent != null) {
        parent.row[position] = row;
      }
    }
  }

  private static final class Ignored extends PrimitiveConverter {
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

  /** How a column's primitives become canonical values. */
  private static class ValueReader {
    Object of(int value) {
      throw new UnsupportedOperationException("int");
    }

    Object of(long value) {
      throw new UnsupportedOperationException("long");
    }

    Object of(Binary value) {
      throw new UnsupportedOperationException("binary");
    }
  }

  private static ValueReader reader(ColumnType type, Type field) {
    PrimitiveType primitive = field.asPrimitiveType();
    return switch (type.kind()) {
      case BOOLEAN, FLOAT, DOUBLE -> new ValueReader();
      case INT, TIME -> new IntReader();
      case DATE -> new DateReader();
      case STRING, JSON -> new TextReader();
      case BINARY -> new BytesReader();
      case DECIMAL -> new DecimalReader(type.scale());
      case DATETIME, TIMESTAMP ->
          primitive.getPrimitiveTypeName() == PrimitiveTypeName.INT96
              ? new Int96Reader()
              : new MicrosReader(unit(primitive));
      case STRUCT -> throw new IllegalStateException(field + " is no struct");
    };
  }

  private static TimeUnit unit(PrimitiveType primitive) {
    return primitive.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
        ? timestamp.getUnit()
        : TimeUnit.MICROS;
  }

  private static final class IntReader extends ValueReader {
    @Override
    Object of(int value) {
      return (long) value;
    }

    @Override
    Object of(long value) {
      return value;
    }
  }

  private static final class DateReader extends ValueReader {
    @Override
    Object of(int value) {
      return value;
    }
  }

  private static final class TextReader extends ValueReader {
    @Override
    Object of(Binary value) {
      return value.toStringUsingUTF8();
    }
  }

  private static final class BytesReader extends ValueReader {
    @Override
    Object of(Binary value) {
      return value.getBytes();
    }
  }

  private static final class DecimalReader extends ValueReader {
    private final int scale;

    DecimalReader(int scale) {
      this.scale = scale;
    }

    @Override
    Object of(int value) {
      return BigDecimal.valueOf(value, scale);
    }

    @Override
    Object of(long value) {
      return BigDecimal.valueOf(value, scale);
    }

    @Override
    Object of(Binary value) {
      return new BigDecimal(new BigInteger(value.getBytesUnsafe()), scale);
    }
  }

  private static final class MicrosReader extends ValueReader {
    private final TimeUnit unit;

    MicrosReader(TimeUnit unit) {
      this.unit = unit;
    }

    @Override
    Object of(long value) {
      return switch (unit) {
        case MILLIS -> Math.multiplyExact(value, 1000L);
        case MICROS -> value;
        case NANOS -> Math.floorDiv(value, 1000L);
      };
    }
  }

  private static final class Int96Reader extends ValueReader {
    @Override
    Object of(Binary value) {
      ByteBuffer buffer = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      long nanosOfDay = buffer.getLong(buffer.position());
      long julianDay = buffer.getInt(buffer.position() + Long.BYTES);
      return (julianDay - EPOCH_JULIAN_DAY) * MICROS_PER_DAY + Math.floorDiv(nanosOfDay, 1000L);
    }
  }

  private static final class ValueConverter extends PrimitiveConverter {
    private final RowConverter row;
    private final int position;
    private final ValueReader reader;
    private Object[] dictionary;

    ValueConverter(RowConverter row, int position, ValueReader reader) {
      this.row = row;
      this.position = position;
      this.reader = reader;
    }

    @Override
    public boolean hasDictionarySupport() {
      return reader instanceof TextReader;
    }

    @Override
    public void setDictionary(Dictionary values) {
      dictionary = new Object[values.getMaxId() + 1];
      for (int i = 0; i < dictionary.length; i++) {
        dictionary[i] = reader.of(values.decodeToBinary(i));
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      row.row[position] = dictionary[id];
    }

    @Override
    public void addBinary(Binary value) {
      row.row[position] = reader.of(value);
    }

    @Override
    public void addBoolean(boolean value) {
      row.row[position] = value;
    }

    @Override
    public void addDouble(double value) {
      row.row[position] = value;
    }

    @Override
    public void addFloat(float value) {
      row.row[position] = value;
    }

    @Override
    public void addInt(int value) {
      row.row[position] = reader.of(value);
    }

    @Override
    public void addLong(long value) {
      row.row[position] = reader.of(value);
    }
  }
}
