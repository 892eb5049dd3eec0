package dev.larder.io.delta.file;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.FieldPath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * What Parquet's footers and column indexes say of a column, in canonical values. A column that the
 * file lacks is absent in all rows; what has another form than expected is unknown.
 */
final class ParquetBounds {

  private ParquetBounds() {}

  static ColumnPath path(FieldPath path) {
    return ColumnPath.get(path.names().toArray(new String[0]));
  }

  static ColumnBounds ofRowGroup(BlockMetaData rowGroup, MessageType stored, FieldPath path) {
    Type field = field(stored, path);
    if (field == null) {
      return ColumnBounds.ABSENT;
    }
    ColumnChunkMetaData chunk = field.isPrimitive() ? chunk(rowGroup, path(path)) : null;
    Statistics<?> statistics = chunk == null ? null : chunk.getStatistics();
    if (statistics == null || statistics.isEmpty()) {
      return ColumnBounds.UNKNOWN;
    }
    boolean bounded = statistics.hasNonNullValue();
    PrimitiveType primitive = field.asPrimitiveType();
    return new ColumnBounds(
        bounded ? canonical(path.type(), primitive, statistics.genericGetMin()) : null,
        bounded ? canonical(path.type(), primitive, statistics.genericGetMax()) : null,
        statistics.isNumNullsSet() ? statistics.getNumNulls() : ColumnBounds.NOT_KNOWN,
        rowGroup.getRowCount());
  }

  private static ColumnChunkMetaData chunk(BlockMetaData rowGroup, ColumnPath path) {
    for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
      if (chunk.getPath().equals(path)) {
        return chunk;
      }
    }
    return null;
  }

  /** Null if the file lacks it. */
  static Type field(MessageType stored, FieldPath path) {
    Type field = stored;
    for (String name : path.names()) {
      if (field.isPrimitive() || !field.asGroupType().containsField(name)) {
        return null;
      }
      GroupType group = field.asGroupType();
      field = group.getType(name);
    }
    return field;
  }

  /**
   * @param rows of the row group
   */
  static ColumnBounds ofPage(
      ColumnIndex index, OffsetIndex offsets, int page, long rows, FieldPath path, Type field) {
    if (index.getNullPages().get(page)) {
      return ColumnBounds.ABSENT;
    }
    PrimitiveType primitive = field.asPrimitiveType();
    long pageRows = offsets.getLastRowIndex(page, rows) - offsets.getFirstRowIndex(page) + 1;
    return new ColumnBounds(
        canonical(path.type(), primitive, value(primitive, index.getMinValues().get(page))),
        canonical(path.type(), primitive, value(primitive, index.getMaxValues().get(page))),
        index.getNullCounts() == null ? ColumnBounds.NOT_KNOWN : index.getNullCounts().get(page),
        pageRows);
  }

  private static Object value(PrimitiveType primitive, ByteBuffer plain) {
    ByteBuffer buffer = plain.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (primitive.getPrimitiveTypeName()) {
      case BOOLEAN -> buffer.get() != 0;
      case INT32 -> buffer.getInt();
      case INT64 -> buffer.getLong();
      case FLOAT -> buffer.getFloat();
      case DOUBLE -> buffer.getDouble();
      default -> Binary.fromConstantByteBuffer(buffer);
    };
  }

  /** Null if the stored form is not one that is read as this type with its order kept. */
  private static Object canonical(ColumnType type, PrimitiveType primitive, Object value) {
    return switch (type.kind()) {
      case BOOLEAN -> value instanceof Boolean ? value : null;
      case INT, TIME -> isInteger(value) ? (Object) ((Number) value).longValue() : null;
      case DECIMAL -> decimal(primitive, value);
      case FLOAT -> value instanceof Float real && !real.isNaN() ? real : null;
      case DOUBLE -> value instanceof Double number && !number.isNaN() ? number : null;
      case STRING, JSON -> value instanceof Binary bytes ? text(bytes) : null;
      case BINARY -> value instanceof Binary bytes ? bytes.getBytes() : null;
      case DATE -> value instanceof Integer ? value : null;
      case DATETIME, TIMESTAMP -> value instanceof Long number ? micros(primitive, number) : null;
      default -> null;
    };
  }

  private static boolean isInteger(Object value) {
    return value instanceof Integer || value instanceof Long;
  }

  private static BigDecimal decimal(PrimitiveType primitive, Object value) {
    if (!(primitive.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal)) {
      return null;
    }
    if (isInteger(value)) {
      return BigDecimal.valueOf(((Number) value).longValue(), decimal.getScale());
    }
    return value instanceof Binary bytes && bytes.length() > 0
        ? new BigDecimal(new BigInteger(bytes.getBytes()), decimal.getScale())
        : null;
  }

  /** Bounds may be cut within a character: such a one is unknown. */
  private static String text(Binary bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.toByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static Long micros(PrimitiveType primitive, long value) {
    if (primitive.getPrimitiveTypeName() != PrimitiveTypeName.INT64
        || !(primitive.getLogicalTypeAnnotation()
            instanceof TimestampLogicalTypeAnnotation timestamp)) {
      return null;
    }
    TimeUnit unit = timestamp.getUnit();
    if (unit == TimeUnit.MILLIS) {
      return Math.abs(value) > Long.MAX_VALUE / 1000L ? null : (Long) (value * 1000L);
    }
    return unit == TimeUnit.MICROS ? value : Math.floorDiv(value, 1000L);
  }
}
