package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Writes rows of canonical values; no object is made per value but strings' bytes. */
public final class RowWriteSupport extends WriteSupport<Object[]> {
  /**
   * Says that days and instants are counted in the Gregorian calendar at all times. Without it
   * Spark refuses to read dates before 1582 and instants before 1900, which a writer of unknown
   * calendar may have counted otherwise (SPARK-31404).
   */
  private static final Map<String, String> GREGORIAN = Map.of("org.apache.spark.version", "3.5.0");

  private final String path;
  private final RowSchema schema;
  private final MessageType message;
  private RecordConsumer out;

  RowWriteSupport(String path, RowSchema schema) {
    this.path = path;
    this.schema = schema;
    this.message = ParquetTypes.message(schema);
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(message, GREGORIAN);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.out = consumer;
  }

  @Override
  public void write(Object[] row) {
    out.startMessage();
    writeFields(schema, row);
    out.endMessage();
  }

  private void writeFields(RowSchema fields, Object[] row) {
    for (int i = 0; i < row.length; i++) {
      Column column = fields.column(i);
      if (row[i] == null) {
        if (!column.nullable()) {
          throw DeltaErrors.absentValue(path, column.name());
        }
        continue;
      }
      out.startField(column.name(), i);
      writeValue(column.type(), row[i]);
      out.endField(column.name(), i);
    }
  }

  private void writeValue(ColumnType type, Object value) {
    switch (type.kind()) {
      case BOOLEAN -> out.addBoolean((Boolean) value);
      case INT, TIME, DATETIME, TIMESTAMP -> out.addLong((Long) value);
      case DATE -> out.addInteger((Integer) value);
      case FLOAT -> out.addFloat((Float) value);
      case DOUBLE -> out.addDouble((Double) value);
      case STRING, JSON -> out.addBinary(Binary.fromString((String) value));
      case BINARY -> out.addBinary(Binary.fromConstantByteArray((byte[]) value));
      case DECIMAL -> writeDecimal(type, (BigDecimal) value);
      case STRUCT -> {
        out.startGroup();
        writeFields(type.fields(), (Object[]) value);
        out.endGroup();
      }
    }
  }

  private void writeDecimal(ColumnType type, BigDecimal value) {
    if (value.scale() != type.scale() || value.precision() > type.precision()) {
      throw new IllegalArgumentException(
          "a decimal of precision "
              + value.precision()
              + " and scale "
              + value.scale()
              + " is not canonical for "
              + type);
    }
    PrimitiveTypeName primitive = ParquetTypes.decimalPrimitive(type);
    if (primitive == PrimitiveTypeName.INT32) {
      out.addInteger(value.unscaledValue().intValueExact());
    } else if (primitive == PrimitiveTypeName.INT64) {
      out.addLong(value.unscaledValue().longValueExact());
    } else {
      byte[] bytes = value.unscaledValue().toByteArray();
      byte[] fixed = new byte[ParquetTypes.decimalBytes(type.precision())];
      if (bytes[0] < 0) {
        Arrays.fill(fixed, 0, fixed.length - bytes.length, (byte) -1);
      }
      System.arraycopy(bytes, 0, fixed, fixed.length - bytes.length, bytes.length);
      out.addBinary(Binary.fromConstantByteArray(fixed));
    }
  }

  /** Whether a column's values hardly repeat, so that a dictionary is wasted work. */
  static boolean isHash(Column column) {
    return column.type().kind() == Kind.BINARY;
  }
}
