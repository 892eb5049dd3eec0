package dev.larder.io.delta.file;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The Parquet form of columns: the types that Spark, DuckDB and others expect in a Delta table.
 * Arrays and maps have three levels: the column, the repeated group ({@value #LIST} or {@value
 * #ENTRIES}), what it holds.
 */
public final class ParquetTypes {
  static final String LIST = "list";
  static final String ENTRIES = "key_value";

  private static final int MAX_INT32_PRECISION = 9;
  private static final int MAX_INT64_PRECISION = 18;

  private ParquetTypes() {}

  static MessageType message(RowSchema schema) {
    return new MessageType("row", fields(schema));
  }

  private static List<Type> fields(RowSchema schema) {
    List<Type> fields = new ArrayList<>();
    for (Column column : schema.columns()) {
      fields.add(field(column));
    }
    return fields;
  }

  private static Type field(Column column) {
    Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    ColumnType type = column.type();
    String name = column.name();
    return switch (type.kind()) {
      case BOOLEAN -> primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case INT -> integer(type.bits(), repetition).named(name);
      case TIME -> primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case FLOAT -> primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
      case DOUBLE -> primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case BINARY -> primitive(PrimitiveTypeName.BINARY, repetition).named(name);
      case STRING, JSON ->
          primitive(PrimitiveTypeName.BINARY, repetition).as(stringType()).named(name);
      case DATE -> primitive(PrimitiveTypeName.INT32, repetition).as(dateType()).named(name);
      case DATETIME, TIMESTAMP ->
          primitive(PrimitiveTypeName.INT64, repetition)
              .as(timestampType(true, TimeUnit.MICROS))
              .named(name);
      case DECIMAL -> decimal(type, repetition).named(name);
      case STRUCT -> new GroupType(repetition, name, fields(type.fields()));
      case ARRAY ->
          Types.buildGroup(repetition)
              .as(listType())
              .addField(new GroupType(Repetition.REPEATED, LIST, fields(type.fields())))
              .named(name);
      case MAP ->
          Types.buildGroup(repetition)
              .as(mapType())
              .addField(new GroupType(Repetition.REPEATED, ENTRIES, fields(type.fields())))
              .named(name);
    };
  }

  private static Types.PrimitiveBuilder<PrimitiveType> primitive(
      PrimitiveTypeName primitive, Repetition repetition) {
    return Types.primitive(primitive, repetition);
  }

  private static Types.PrimitiveBuilder<PrimitiveType> integer(int bits, Repetition repetition) {
    return switch (bits) {
      case Long.SIZE -> primitive(PrimitiveTypeName.INT64, repetition);
      case Integer.SIZE -> primitive(PrimitiveTypeName.INT32, repetition);
      default -> primitive(PrimitiveTypeName.INT32, repetition).as(intType(bits, true));
    };
  }

  private static Types.PrimitiveBuilder<PrimitiveType> decimal(
      ColumnType type, Repetition repetition) {
    Types.PrimitiveBuilder<PrimitiveType> builder = primitive(decimalPrimitive(type), repetition);
    if (decimalPrimitive(type) == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      builder = builder.length(decimalBytes(type.precision()));
    }
    return builder.as(decimalType(type.scale(), type.precision()));
  }

  static PrimitiveTypeName decimalPrimitive(ColumnType type) {
    if (type.precision() <= MAX_INT32_PRECISION) {
      return PrimitiveTypeName.INT32;
    }
    return type.precision() <= MAX_INT64_PRECISION
        ? PrimitiveTypeName.INT64
        : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
  }

  /** The fewest bytes that hold every unscaled value of this precision in two's complement. */
  static int decimalBytes(int precision) {
    int bits = java.math.BigInteger.TEN.pow(precision).bitLength() + 1;
    return (bits + 7) / 8;
  }
}
