package dev.larder.io.delta.log;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import io.delta.standalone.types.ArrayType;
import io.delta.standalone.types.BinaryType;
import io.delta.standalone.types.BooleanType;
import io.delta.standalone.types.ByteType;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.DateType;
import io.delta.standalone.types.DecimalType;
import io.delta.standalone.types.DoubleType;
import io.delta.standalone.types.FieldMetadata;
import io.delta.standalone.types.FloatType;
import io.delta.standalone.types.IntegerType;
import io.delta.standalone.types.LongType;
import io.delta.standalone.types.MapType;
import io.delta.standalone.types.ShortType;
import io.delta.standalone.types.StringType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import io.delta.standalone.types.TimestampType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Columns in Larder's terms and in Delta's, by the table of {@link Kind}. Kinds that share a Delta
 * type (TIME, DATETIME, JSON) are told apart by the field's metadata key {@value #KIND}, so that a
 * schema reads back equal.
 */
public final class DeltaTypes {
  /** Metadata of a field whose kind does not follow from its Delta type. */
  static final String KIND = "larder.kind";

  private static final String ELEMENT = ".element";
  private static final String MAP_KEY = ".key";
  private static final String MAP_VALUE = ".value";
  private static final Pattern FORBIDDEN = Pattern.compile("[ ,;{}()\\n\\t=]");

  private DeltaTypes() {}

  /**
   * @throws dev.larder.io.changes.UserException if Delta does not allow a column's name
   */
  static StructType toDelta(String path, RowSchema schema) {
    Map<String, String> lowerNames = new HashMap<>();
    StructField[] fields = new StructField[schema.size()];
    for (int i = 0; i < fields.length; i++) {
      Column column = schema.column(i);
      if (FORBIDDEN.matcher(column.name()).find()) {
        throw DeltaErrors.columnName(path, column.name());
      }
      String twin = lowerNames.put(column.name().toLowerCase(Locale.ROOT), column.name());
      if (twin != null) {
        throw DeltaErrors.columnsDifferInCase(path, twin, column.name());
      }
      fields[i] =
          new StructField(
              column.name(), toDelta(path, column.type()), column.nullable(), metadata(column));
    }
    return new StructType(fields);
  }

  private static FieldMetadata metadata(Column column) {
    FieldMetadata.Builder builder = FieldMetadata.builder();
    putKinds(builder, KIND, column.type());
    return builder.build();
  }

  /** Elements, keys and values have no metadata of their own in Delta: their column keeps it. */
  private static void putKinds(FieldMetadata.Builder builder, String key, ColumnType type) {
    switch (type.kind()) {
      case TIME, DATETIME, JSON -> builder.putString(key, type.kind().name());
      case ARRAY -> putKinds(builder, key + ELEMENT, type.element().type());
      case MAP -> {
        putKinds(builder, key + MAP_KEY, type.key().type());
        putKinds(builder, key + MAP_VALUE, type.value().type());
      }
      default -> {}
    }
  }

  private static DataType toDelta(String path, ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> new BooleanType();
      case INT -> integer(type.bits());
      case TIME -> new LongType();
      case DECIMAL -> new DecimalType(type.precision(), type.scale());
      case FLOAT -> new FloatType();
      case DOUBLE -> new DoubleType();
      case STRING, JSON -> new StringType();
      case BINARY -> new BinaryType();
      case DATE -> new DateType();
      case DATETIME, TIMESTAMP -> new TimestampType();
      case STRUCT -> toDelta(path, type.fields());
      case ARRAY -> new ArrayType(toDelta(path, type.element().type()), type.element().nullable());
      case MAP ->
          new MapType(
              toDelta(path, type.key().type()),
              toDelta(path, type.value().type()),
              type.value().nullable());
    };
  }

  private static DataType integer(int bits) {
    return switch (bits) {
      case Byte.SIZE -> new ByteType();
      case Short.SIZE -> new ShortType();
      case Integer.SIZE -> new IntegerType();
      default -> new LongType();
    };
  }

  /**
   * The columns of a stored table. Byte, short and integer columns, which only others make, are INT
   * of so many bits.
   *
   * @throws dev.larder.io.changes.UserException for a type that has no kind
   */
  static RowSchema fromDelta(String path, StructType struct) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : struct.getFields()) {
      ColumnType type = fromDelta(path, field, KIND, field.getDataType());
      columns.add(new Column(field.getName(), type, field.isNullable()));
    }
    return RowSchema.of(columns);
  }

  /**
   * @param key where the field's metadata says the kind, if it does
   */
  private static ColumnType fromDelta(String path, StructField field, String key, DataType type) {
    Object noted = field.getMetadata().get(key);
    Kind kind = noted == null ? null : Kind.valueOf((String) noted);
    if (type instanceof LongType) {
      return kind == Kind.TIME ? ColumnType.TIME : ColumnType.INT;
    } else if (type instanceof StringType) {
      return kind == Kind.JSON ? ColumnType.JSON : ColumnType.STRING;
    } else if (type instanceof TimestampType) {
      return kind == Kind.DATETIME ? ColumnType.DATETIME : ColumnType.TIMESTAMP;
    } else if (type instanceof IntegerType) {
      return ColumnType.integer(Integer.SIZE);
    } else if (type instanceof ShortType) {
      return ColumnType.integer(Short.SIZE);
    } else if (type instanceof ByteType) {
      return ColumnType.integer(Byte.SIZE);
    } else if (type instanceof DecimalType decimal) {
      return ColumnType.decimal(decimal.getPrecision(), decimal.getScale());
    } else if (type instanceof BooleanType) {
      return ColumnType.BOOLEAN;
    } else if (type instanceof FloatType) {
      return ColumnType.FLOAT;
    } else if (type instanceof DoubleType) {
      return ColumnType.DOUBLE;
    } else if (type instanceof BinaryType) {
      return ColumnType.BINARY;
    } else if (type instanceof DateType) {
      return ColumnType.DATE;
    } else if (type instanceof StructType struct) {
      return ColumnType.struct(fromDelta(path, struct));
    } else if (type instanceof ArrayType array) {
      ColumnType element = fromDelta(path, field, key + ELEMENT, array.getElementType());
      return ColumnType.array(new Column("element", element, array.containsNull()));
    } else if (type instanceof MapType map) {
      ColumnType value = fromDelta(path, field, key + MAP_VALUE, map.getValueType());
      return ColumnType.map(
          fromDelta(path, field, key + MAP_KEY, map.getKeyType()),
          new Column("value", value, map.valueContainsNull()));
    }
    throw DeltaErrors.unsupportedType(path, field.getName(), type.getCatalogString());
  }

  /**
   * The stored schema with the columns of {@code wanted} that it lacks, and in the wider of both
   * types; what is stored keeps its metadata and nullability.
   *
   * @param wanted {@link SchemaUnion} of the stored columns and others
   */
  static StructType withColumnsOf(StructType stored, StructType wanted) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : stored.getFields()) {
      StructField other = field(wanted, field.getName());
      fields.add(
          other == null
              ? field
              : new StructField(
                  field.getName(),
                  merged(field.getDataType(), other.getDataType()),
                  field.isNullable(),
                  field.getMetadata()));
    }
    for (StructField field : wanted.getFields()) {
      if (field(stored, field.getName()) == null) {
        fields.add(field);
      }
    }
    return new StructType(fields.toArray(new StructField[0]));
  }

  private static DataType merged(DataType stored, DataType wanted) {
    if (stored instanceof StructType struct && wanted instanceof StructType other) {
      return withColumnsOf(struct, other);
    } else if (stored instanceof ArrayType array && wanted instanceof ArrayType other) {
      return new ArrayType(
          merged(array.getElementType(), other.getElementType()), array.containsNull());
    } else if (stored instanceof MapType map && wanted instanceof MapType other) {
      return new MapType(
          merged(map.getKeyType(), other.getKeyType()),
          merged(map.getValueType(), other.getValueType()),
          map.valueContainsNull());
    }
    return wanted;
  }

  private static StructField field(StructType struct, String name) {
    for (StructField field : struct.getFields()) {
      if (field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }
}
