package dev.larder.io.delta.log;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
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

  private static final String INVARIANTS = "delta.invariants";
  private static final String GENERATED = "delta.generationExpression";
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
    Kind kind = column.type().kind();
    if (kind == Kind.TIME || kind == Kind.DATETIME || kind == Kind.JSON) {
      builder.putString(KIND, kind.name());
    }
    return builder.build();
  }

  private static DataType toDelta(String path, ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> new BooleanType();
      case INT, TIME -> new LongType();
      case DECIMAL -> new DecimalType(type.precision(), type.scale());
      case FLOAT -> new FloatType();
      case DOUBLE -> new DoubleType();
      case STRING, JSON -> new StringType();
      case BINARY -> new BinaryType();
      case DATE -> new DateType();
      case DATETIME, TIMESTAMP -> new TimestampType();
      case STRUCT -> toDelta(path, type.fields());
    };
  }

  /**
   * The columns of a stored table. Byte, short and integer columns, which only others write, are
   * INT.
   *
   * @throws dev.larder.io.changes.UserException for a type that has no kind
   */
  static RowSchema fromDelta(String path, StructType struct) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : struct.getFields()) {
      columns.add(new Column(field.getName(), fromDelta(path, field), field.isNullable()));
    }
    return RowSchema.of(columns);
  }

  private static ColumnType fromDelta(String path, StructField field) {
    DataType type = field.getDataType();
    Kind kind =
        field.getMetadata().contains(KIND)
            ? Kind.valueOf((String) field.getMetadata().get(KIND))
            : null;
    if (type instanceof LongType) {
      return kind == Kind.TIME ? ColumnType.TIME : ColumnType.INT;
    } else if (type instanceof StringType) {
      return kind == Kind.JSON ? ColumnType.JSON : ColumnType.STRING;
    } else if (type instanceof TimestampType) {
      return kind == Kind.DATETIME ? ColumnType.DATETIME : ColumnType.TIMESTAMP;
    } else if (type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType) {
      return ColumnType.INT;
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
    }
    throw DeltaErrors.unsupportedType(path, field.getName(), type.getCatalogString());
  }

  /**
   * Refuses a table whose columns carry rules that we would break by writing, or types that we
   * would not write as they are declared.
   */
  static void requireWritable(String path, StructType stored) {
    for (StructField field : stored.getFields()) {
      if (field.getMetadata().contains(INVARIANTS)) {
        throw DeltaErrors.unsupportedFeature(
            path,
            "a column invariant (column \"" + field.getName() + "\")",
            "Remove it with the engine that created the table.");
      }
      if (field.getMetadata().contains(GENERATED)) {
        throw DeltaErrors.unsupportedFeature(
            path,
            "a generated column (\"" + field.getName() + "\")",
            "Replace it by a plain column with the engine that created the table.");
      }
      DataType type = field.getDataType();
      if (type instanceof StructType struct) {
        requireWritable(path, struct);
        continue;
      }
      DataType ours = toDelta(path, fromDelta(path, field));
      if (!ours.equals(type)) {
        throw DeltaErrors.notWritable(
            path, field.getName(), type.getCatalogString(), ours.getCatalogString());
      }
    }
  }

  /**
   * The stored schema with the columns of {@code wanted} that it lacks, each with its metadata;
   * what is stored stays as it is, foreign metadata included.
   */
  static StructType withColumnsOf(StructType stored, StructType wanted) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : stored.getFields()) {
      StructField other = field(wanted, field.getName());
      if (other != null
          && field.getDataType() instanceof StructType inner
          && other.getDataType() instanceof StructType wantedInner) {
        fields.add(
            new StructField(
                field.getName(),
                withColumnsOf(inner, wantedInner),
                field.isNullable(),
                field.getMetadata()));
      } else {
        fields.add(field);
      }
    }
    for (StructField field : wanted.getFields()) {
      if (field(stored, field.getName()) == null) {
        fields.add(field);
      }
    }
    return new StructType(fields.toArray(new StructField[0]));
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
