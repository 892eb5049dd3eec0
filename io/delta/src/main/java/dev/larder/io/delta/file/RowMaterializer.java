package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * Makes rows of canonical values in the order of a wanted schema. Columns, and fields of structs,
 * that the file lacks are null, also inside arrays and maps.
 */
final class RowMaterializer extends RecordMaterializer<Object[]> {
  private final Struct root;
  private Object[] row;

  /**
   * @param requested {@link Projection#of}
   */
  RowMaterializer(RowSchema wanted, GroupType requested) {
    this.root = new Struct(wanted, requested, (position, value) -> row = (Object[]) value, 0);
  }

  @Override
  public Object[] getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private static Converter converter(
      ColumnType type, Type field, ValueReader.Target target, int position) {
    if (field.isPrimitive()) {
      return ValueReader.of(type, field.asPrimitiveType(), target, position);
    }
    GroupType group = field.asGroupType();
    return switch (type.kind()) {
      case STRUCT -> new Struct(type.fields(), group, target, position);
      case ARRAY, MAP -> new Repeated(type, group, target, position);
      default -> throw new IllegalStateException(field + " is no " + type);
    };
  }

  private static final class Struct extends GroupConverter {
    private final Converter[] converters;
    private final ValueReader.Target target;
    private final int position;
    private final int size;
    private Object[] values;

    Struct(RowSchema schema, GroupType file, ValueReader.Target target, int position) {
      this.target = target;
      this.position = position;
      this.size = schema.size();
      this.converters = new Converter[file.getFieldCount()];
      for (int i = 0; i < converters.length; i++) {
        Type field = file.getType(i);
        int column = schema.find(field.getName());
        converters[i] =
            column < 0
                ? ignored(field)
                : converter(schema.column(column).type(), field, this::set, column);
      }
    }

    private static Converter ignored(Type field) {
      return field.isPrimitive()
          ? new ValueReader.Ignored()
          : new Struct(RowSchema.of(), field.asGroupType(), (position, value) -> {}, 0);
    }

    private void set(int column, Object value) {
      values[column] = value;
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {
      values = new Object[size];
    }

    @Override
    public void end() {
      target.set(position, values);
    }
  }

  /** An array or a map: the group around the repeated field. */
  private static final class Repeated extends GroupConverter {
    private final Converter repeated;
    private final ValueReader.Target target;
    private final int position;
    private final List<Object> elements = new ArrayList<>();

    Repeated(ColumnType type, GroupType file, ValueReader.Target target, int position) {
      this.target = target;
      this.position = position;
      Type inner = file.getType(0);
      ValueReader.Target add = (any, element) -> elements.add(element);
      if (type.kind() == Kind.MAP) {
        this.repeated = new Struct(entry(type, inner.asGroupType()), inner.asGroupType(), add, 0);
      } else if (Projection.isElement(file)) {
        this.repeated = converter(type.element().type(), inner, add, 0);
      } else {
        this.repeated = new Element(type.element().type(), inner.asGroupType().getType(0), add);
      }
    }

    /** Key and value by their place: older writers name them otherwise. */
    private static RowSchema entry(ColumnType map, GroupType file) {
      return RowSchema.of(
          Column.required(file.getFieldName(0), map.key().type()),
          Column.nullable(file.getFieldName(1), map.value().type()));
    }

    @Override
    public Converter getConverter(int field) {
      return repeated;
    }

    @Override
    public void start() {
      elements.clear();
    }

    @Override
    public void end() {
      target.set(position, elements.toArray());
    }
  }

  /** The group between an array and its element: there is one for each element, absent or not. */
  private static final class Element extends GroupConverter {
    private final Converter converter;
    private final ValueReader.Target target;
    private Object element;

    Element(ColumnType type, Type field, ValueReader.Target target) {
      this.target = target;
      this.converter = converter(type, field, (any, value) -> element = value, 0);
    }

    @Override
    public Converter getConverter(int field) {
      return converter;
    }

    @Override
    public void start() {
      element = null;
    }

    @Override
    public void end() {
      target.set(0, element);
    }
  }
}
