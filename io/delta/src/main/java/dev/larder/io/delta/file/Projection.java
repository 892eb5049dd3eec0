package dev.larder.io.delta.file;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The part of a file's columns that a wanted schema asks for. */
final class Projection {

  private Projection() {}

  /**
   * @throws IllegalArgumentException if a column of the file is of another shape than the wanted
   */
  static MessageType of(RowSchema wanted, MessageType file) {
    return new MessageType("row", fields(wanted, file));
  }

  /** Whether each of the file's columns is of the type that it has among the wanted. */
  static boolean holds(GroupType wanted, GroupType file) {
    for (Type field : file.getFields()) {
      if (wanted.containsField(field.getName())) {
        Type other = wanted.getType(field.getName());
        boolean holds =
            field.isPrimitive() || other.isPrimitive()
                ? isSame(field, other)
                : holds(other.asGroupType(), field.asGroupType());
        if (!holds) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSame(Type one, Type other) {
    return one.isPrimitive()
        && other.isPrimitive()
        && one.asPrimitiveType().getPrimitiveTypeName()
            == other.asPrimitiveType().getPrimitiveTypeName()
        && Objects.equals(one.getLogicalTypeAnnotation(), other.getLogicalTypeAnnotation());
  }

  private static List<Type> fields(RowSchema schema, GroupType file) {
    List<Type> wanted = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.column(i).name();
      if (file.containsField(name)) {
        wanted.add(field(schema.column(i).type(), file.getType(name)));
      }
    }
    return wanted;
  }

  private static Type field(ColumnType type, Type file) {
    boolean nested =
        type.kind() == Kind.STRUCT || type.kind() == Kind.ARRAY || type.kind() == Kind.MAP;
    if (nested == file.isPrimitive()) {
      throw new IllegalArgumentException(
          "column \""
              + file.getName()
              + "\" is "
              + file
              + " in the file, "
              + type
              + " in the table");
    }
    return switch (type.kind()) {
      case STRUCT -> struct(type.fields(), file.asGroupType());
      case ARRAY -> array(type.element().type(), file.asGroupType());
      case MAP -> {
        GroupType map = file.asGroupType();
        yield map.withNewFields(entries(type, map.getType(0).asGroupType()));
      }
      default -> file;
    };
  }

  /** A struct none of whose wanted fields is in the file still tells whether it is there. */
  private static Type struct(RowSchema fields, GroupType file) {
    List<Type> inner = fields(fields, file);
    return file.withNewFields(inner.isEmpty() ? List.of(file.getType(0)) : inner);
  }

  private static Type array(ColumnType element, GroupType file) {
    Type repeated = file.getType(0);
    if (isElement(file)) {
      return file.withNewFields(field(element, repeated));
    }
    GroupType group = repeated.asGroupType();
    return file.withNewFields(group.withNewFields(field(element, group.getType(0))));
  }

  /** The columns of a map's entries by their place: older writers name them otherwise. */
  private static GroupType entries(ColumnType map, GroupType file) {
    return file.withNewFields(
        field(map.key().type(), file.getType(0)), field(map.value().type(), file.getType(1)));
  }

  /**
   * Whether the repeated field of an array is its element (two levels, as older writers have it),
   * not a group around the element.
   *
   * <p><b>Source</b>: <a
   * href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#backward-compatibility-rules">Parquet's
   * backward-compatibility rules</a>.
   */
  static boolean isElement(GroupType array) {
    Type repeated = array.getType(0);
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() > 1
        || repeated.getName().equals("array")
        || repeated.getName().equals(array.getName() + "_tuple");
  }
}
